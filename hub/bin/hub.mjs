#!/usr/bin/env node
/** The `hub` command of a checkout: prepares it if need be, then hands over to the compiled command line. */
import { prepare } from "./prepare.mjs";

prepare();
await import("../dist/main.js");
