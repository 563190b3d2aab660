#!/usr/bin/env node
/** The `hub` command of a checkout: prepares it if need be, then hands over to the compiled command line. */
import module from "node:module";
import { prepare } from "./prepare.mjs";

prepare();
// From Node 22 on: compiled code is kept between starts.
module.enableCompileCache?.();
await import("../dist/main.js");
