// The preview's script: defines the element that draws a screen, and starts the application in WebAssembly.

import { defineScreen } from "./preview/screen";
import { start } from "./results/start";

defineScreen();
start();
