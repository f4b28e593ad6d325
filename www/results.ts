// The results page's script: defines the chart element, and starts the application in WebAssembly.

import { defineChart } from "./chart";
import { start } from "./results/start";

defineChart();
start();
