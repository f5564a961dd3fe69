// What a page may use of Vega: compile a Vega-Lite specification, parse and show it, without eval.
import { View, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";

globalThis.homewardVega = { View, compile, expressionInterpreter, parse };
