import { readdirSync, readFileSync } from "node:fs";

import { expect, test } from "vitest";

import { ErrorReply, Status, type Reply } from "../reply.ts";
import { scriptsPerSecond } from "./bench.ts";
import { compileScript, EndlessScriptError, ScriptMemory, type CompiledScript, type ScriptHost } from "./mod.ts";

const silent: ScriptHost = { call: () => null };

test("a script is compiled once, whoever asks", () => {
  expect(compiled("return 'once'")).toBe(compiled("return 'once'"));
  expect(compiled("return 1").sha1).toBe("e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
});

test("what is no Lua is answered as Redis answers it", () => {
  expect(compileScript("x x")).toEqual(
    new ErrorReply("ERR Error compiling script (new function): user_script:1: '=' expected near 'x'"),
  );
});

test("an error that nothing catches tells its place", () => {
  const script = compiled("local x\nreturn x + 1");
  expect(script.run(silent, [], [])).toEqual(
    new ErrorReply(
      "ERR user_script:2: attempt to perform arithmetic on local 'x' (a nil value)" +
        ` script: ${script.sha1}, on @user_script:2.`,
    ),
  );
});

test("commands are words, and numbers lose nothing", () => {
  const commands: (readonly string[])[] = [];
  const host: ScriptHost = { call: (command) => (commands.push(command), new Status("OK")) };
  compiled("redis.call('set', KEYS[1], 0.1, 2^53, ARGV[1])").run(host, ["k"], ["a"]);
  expect(commands).toEqual([["set", "k", "0.10000000000000001", "9007199254740992", "a"]]);
});

test("an endless script is stopped, and pcall does not save it", () => {
  const host: ScriptHost = { ...silent, turnsAtMost: 100_000 };
  const message = "A script made more than 100,000 loop turns and calls";
  for (const endless of [
    "pcall(function() while true do end end)",
    "pcall(function() repeat local f = function() end f() until false end)",
    "for i = 1, math.huge do end",
    "local s = ('a'):rep(300) s:find(('.-'):rep(9) .. 'b')",
  ]) {
    expect(() => compiled(endless).run(host, [], [])).toThrow(message);
  }
  expect(() => compiled("while true do end").run(host, [], [])).toThrow(EndlessScriptError);
  expect(compiled("for i = 1, 90000 do end return 1").run(host, [], [])).toBe(1);
});

test("endless recursion is Lua's stack overflow", () => {
  const script = compiled("local f f = function() return 1 + f() end return select(2, pcall(f))");
  expect(script.run(silent, [], [])).toBe("user_script:1: stack overflow");
});

test("what is not simulated is refused by name, and pcall does not hide it", () => {
  const reply = compiled("return pcall(coroutine.create, function() end)").run(silent, [], []);
  expect(reply).toEqual(new ErrorReply("ERR seatrial: coroutine.create is not simulated"));
});

test("a server remembers chance and the settings of cjson from script to script; another server does not", () => {
  const draw = compiled("return tostring(math.random())");
  const set = compiled("cjson.encode_number_precision(3)");
  const show = compiled("return cjson.encode(1/3)");
  const [one, other] = [new ScriptMemory(), new ScriptMemory()].map((memory) => ({ ...silent, memory }));
  set.run(one!, [], []);
  expect([draw, draw, show].map((script) => script.run(one!, [], []))).toEqual([
    ...["0.39646477363839", "0.84048536971234", "0.333"],
  ]);
  expect([draw, show].map((script) => script.run(other!, [], []))).toEqual(["0.39646477363839", "0.33333333333333"]);
});

test("addresses and the order of tables with tables as keys are the same in every run", () => {
  const script = compiled(
    "local t, s = {}, '' for i = 1, 9 do t[{}] = i end for k, v in pairs(t) do s = s .. v .. tostring(k) end return s",
  );
  expect(script.run(silent, [], [])).toBe(script.run(silent, [], []));
});

const folder = new URL("../../../reference/adapters/redis/", import.meta.url);
const names = readdirSync(folder).filter((name) => name.endsWith(".lua") && !name.endsWith("-record.lua"));

test.each(names)("the plane's %s compiles and does without what is not simulated", (name) => {
  const prelude = name.startsWith("job-") ? "job-record.lua" : "run-record.lua";
  const text = [prelude, name].map((one) => readFileSync(new URL(one, folder), "latin1")).join("\n");
  const replies: Readonly<Record<string, Reply>> = {
    TIME: ["1700000000", "1234"],
    HMGET: [],
    MGET: ["1", null],
    ZRANGE: [],
  };
  const host: ScriptHost = { call: ([command = ""]) => replies[command] ?? null };
  const reply = compiled(text).run(host, ["key"], ["1", "2", "3"]);
  expect(reply instanceof ErrorReply ? reply.text : "").not.toMatch(/not simulated|compiling/);
});

test("speed is measured against a host that does nothing", () => {
  let nowMs = 0;
  const script = { text: "return redis.call('GET', KEYS[1])", keys: ["k"], args: [], replies: { GET: "v" } };
  expect(scriptsPerSecond(script, 1_000, () => (nowMs += 500))).toBe(2_000);
});

function compiled(text: string): CompiledScript {
  const script = compileScript(text);
  if (script instanceof ErrorReply) throw new Error(script.text);
  return script;
}
