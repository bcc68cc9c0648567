// A page that does what every page does.

import "../liantu.js";
