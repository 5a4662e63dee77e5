import { Userdata } from "../runtime/table.ts";

/** `cjson.null`: the null pointer, which a table can hold where nil cannot. */
export const jsonNull = new Userdata("userdata: (nil)");
