import type { Socket } from "node:net";

import { errorBody } from "./http-error.ts";

const answers: Readonly<Record<string, { readonly line: string; readonly code: string; readonly message: string }>> = {
  HPE_HEADER_OVERFLOW: {
    line: "431 Request Header Fields Too Large",
    code: "headers_too_large",
    message: "The headers are larger than 16 KiB",
  },
  ERR_HTTP_REQUEST_TIMEOUT: {
    line: "408 Request Timeout",
    code: "request_timeout",
    message: "The request did not arrive in time",
  },
};

const malformed = { line: "400 Bad Request", code: "malformed_http", message: "This is no HTTP request" };

/** Answers what never became a request: broken HTTP, headers without end, a body that does not come. */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || socket.destroyed) return;
  const { line, code, message } = answers[error.code ?? ""] ?? malformed;
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify(errorBody({ status: 0, code, message }));
  const headers = `content-type: application/json; charset=utf-8\r\ncontent-length: ${Buffer.byteLength(body)}`;
  socket.end(`HTTP/1.1 ${line}\r\n${headers}\r\nconnection: close\r\n\r\n${body}`);
}
