// What the server tells the scripts of a map's page.

export const data = JSON.parse(document.getElementById("map-data").textContent);
