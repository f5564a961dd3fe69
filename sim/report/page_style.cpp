#include "report/page_style.h"

namespace homeward {
namespace {

struct Colour {
  const char *name, *light, *dark;
};

// Lines: blue, vermilion, green, purple, ochre, indigo and sky, after Okabe and Ito 2008 and Tol 2021, darkened until
// each has a contrast of at least 3 with the ground.
constexpr Colour colours[] = {
    {"ground", "#ffffff", "#16191d"}, {"panel", "#f5f6f8", "#1f2429"}, {"ink", "#1b1f24", "#e9ecef"},
    {"soft", "#4d5660", "#b4bdc7"},   {"rule", "#d5dae0", "#3a424b"},  {"accent", "#8f2d1f", "#ff9d80"},
    {"warn", "#fff4d6", "#3d3310"},   {"land", "#dfe3e8", "#333b44"},  {"sea", "#f7f9fb", "#1b2025"},
    {"c0", "#0067a5", "#56b4e9"},     {"c1", "#c44e00", "#f5944a"},    {"c2", "#007a5e", "#3cc9a3"},
    {"c3", "#a23b8a", "#e59cd0"},     {"c4", "#7d6608", "#d9c34c"},    {"c5", "#3b3ba8", "#a9a9f7"},
    {"c6", "#2f7f93", "#7fd0e0"},     {"grey", "#717a84", "#98a2ac"},
};

constexpr const char* drawing_rules = R"(
svg text{font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif;
font-size:12px;fill:var(--ink)}
svg .tick{fill:var(--soft)}
svg .tick.y{text-anchor:end}
svg .tick.x{text-anchor:middle}
svg .faint{fill:var(--soft);font-size:10px}
svg .grid{stroke:var(--rule);stroke-width:.6;fill:none}
svg .zero{stroke:var(--soft);stroke-width:1;fill:none}
svg .beyond{fill:var(--grey);opacity:.12}
svg .band{opacity:.22;stroke:none}
svg .line{fill:none;stroke-width:2;stroke-linejoin:round}
svg .leader{fill:none;stroke-width:.8}
svg .whisker{fill:none;stroke:var(--ink);stroke-width:1.3}
svg .hit{fill:var(--ink);opacity:0}
svg .land{fill:var(--land);stroke:none}
svg .flow{fill:none;stroke:var(--c1);opacity:.5;stroke-linecap:round}
svg .dot{fill:var(--c0);opacity:.55;stroke:var(--ground);stroke-width:.5}
svg .dots{fill:none;stroke-width:5;stroke-linecap:round;opacity:.55}
svg .hollow{fill:var(--ground);stroke-width:2}
svg .point{stroke:var(--ground);stroke-width:.7;opacity:.85}
svg .home{fill:var(--accent);stroke:var(--ground);stroke-width:1.5}
svg .place,svg .home-name{font-size:13.5px;paint-order:stroke;stroke:var(--ground);stroke-width:3px;
stroke-linejoin:round}
svg .home-name{font-weight:700;fill:var(--accent)}
svg .sc0{stroke:var(--c0)}svg .fc0{fill:var(--c0)}
svg .sc1{stroke:var(--c1)}svg .fc1{fill:var(--c1)}
svg .sc2{stroke:var(--c2)}svg .fc2{fill:var(--c2)}
svg .sc3{stroke:var(--c3)}svg .fc3{fill:var(--c3)}
svg .sc4{stroke:var(--c4)}svg .fc4{fill:var(--c4)}
svg .sc5{stroke:var(--c5)}svg .fc5{fill:var(--c5)}
svg .sc6{stroke:var(--c6)}svg .fc6{fill:var(--c6)}
svg .sgrey{stroke:var(--grey)}svg .fgrey{fill:var(--grey)}
svg .line.sc1{stroke-dasharray:8 3}
svg .line.sc2{stroke-dasharray:3 2.5}
svg .line.sc3{stroke-dasharray:11 3 2 3}
svg .line.sc4{stroke-dasharray:6 2 2 2}
svg .line.sc5{stroke-dasharray:1.5 2.5}
svg .line.sc6{stroke-dasharray:14 4}
svg .line.sgrey{stroke-dasharray:4 4}
)";

constexpr const char* page_rules = R"(
*{box-sizing:border-box}
html{color-scheme:light dark;-webkit-text-size-adjust:100%}
body{margin:0;background:var(--ground);color:var(--ink);
font:16px/1.55 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
header,main,footer{max-width:1120px;margin:0 auto;padding:0 20px}
header{padding-top:28px}
h1{font-size:1.9rem;line-height:1.2;margin:.1em 0 .4em;overflow-wrap:anywhere}
h2{font-size:1.35rem;line-height:1.25;margin:2.4em 0 .6em;padding-top:.6em;border-top:2px solid var(--ink)}
h3{font-size:1.02rem;line-height:1.3;margin:0 0 .3em}
p{margin:.5em 0;max-width:76ch;overflow-wrap:anywhere}
a{color:var(--c0)}
.kicker{margin:0;color:var(--accent);font-weight:600;letter-spacing:.02em}
.note{color:var(--soft)}
.against{font-size:1.1rem;margin-top:-.2em}
.changes{margin:.4em 0;padding-left:1.3em}
.changes li{margin:.25em 0;overflow-wrap:anywhere}
nav ul{list-style:none;display:flex;flex-wrap:wrap;gap:4px 18px;padding:0;margin:14px 0}
.lead{font-size:1.4rem;line-height:1.4;max-width:58ch}
.lead strong{color:var(--accent);white-space:nowrap}
.stamp{background:var(--warn);border-left:4px solid var(--accent);padding:8px 12px;margin:10px 0;max-width:none}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(200px,1fr));gap:12px;margin:18px 0;padding:0}
.tiles div{background:var(--panel);border-radius:6px;padding:10px 14px}
.tiles dt{color:var(--soft);font-size:.86rem}
.tiles dd{margin:0;font-size:1.3rem;font-weight:600}
.tiles dd small{display:block;font-weight:400;font-size:.8rem;color:var(--soft)}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,440px),1fr));gap:26px 34px}
figure{margin:0;min-width:0}
figure.wide{grid-column:1/-1}
figure>svg{display:block;width:100%;height:auto;max-width:620px}
figure>svg.wide{max-width:none;background:var(--sea);border-radius:6px}
figure.explored>svg{display:none}
.explore,.explorer,.canvas{width:100%;min-width:0}
.explorer:not(:empty){min-height:420px;margin:1em 0}
.canvas{overflow:hidden}
figure button{font:inherit;font-size:.88rem;color:var(--c0);background:var(--panel);border:1px solid var(--rule);
border-radius:4px;padding:2px 10px;margin:6px 0;cursor:pointer}
.tip{position:fixed;z-index:9;pointer-events:none;background:var(--ground);color:var(--ink);border:1px solid var(--soft);
border-radius:4px;padding:5px 9px;font-size:.82rem;line-height:1.35;max-width:min(340px,90vw);overflow-wrap:anywhere}
.tip[hidden]{display:none}
figcaption{color:var(--soft);font-size:.88rem}
svg .hit:hover{opacity:.1}
svg .flow:hover{opacity:1}
details{margin:.4em 0}
summary{cursor:pointer;color:var(--c0);font-size:.92rem;padding:3px 0}
.scroll{overflow:auto;max-height:70vh;border:1px solid var(--rule);border-radius:4px;margin:.5em 0}
.scroll:focus-visible,summary:focus-visible,a:focus-visible,button:focus-visible,select:focus-visible{outline:3px solid var(--c1);outline-offset:2px}
table{border-collapse:collapse;font-size:.86rem;font-variant-numeric:tabular-nums;width:100%}
th,td{text-align:left;padding:4px 10px;border-bottom:1px solid var(--rule);vertical-align:top}
thead th{position:sticky;top:0;background:var(--panel)}
tbody th{font-weight:500;min-width:11ch}
td.n{text-align:right;white-space:nowrap}
th.n{text-align:right}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:var(--panel);padding:12px;border-radius:6px;font-size:.82rem}
.wrap{overflow-wrap:anywhere;min-width:14ch}
footer{color:var(--soft);font-size:.86rem;padding:30px 20px}
.axes{display:flex;flex-wrap:wrap;gap:8px 18px;margin:.6em 0}
.axes input{vertical-align:middle;width:min(420px,50vw);accent-color:var(--c1)}
.axes select{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--soft);border-radius:4px;padding:3px 6px;
max-width:100%}
@media (max-width:640px){
body{font-size:15px}
header,main,footer{padding-left:14px;padding-right:14px}
h1{font-size:1.45rem}
.lead{font-size:1.15rem}
.tiles{grid-template-columns:repeat(2,1fr);gap:8px}
.tiles dd{font-size:1.05rem}
svg.wide .place,svg.wide .home-name{font-size:30px;stroke-width:6px}
svg.wide .minor{display:none}
}
@media print{
body{font-size:10.5pt;background:#fff;color:#000}
nav,summary,.explore,.explorer,.tip,figure button{display:none}
figure.explored>svg{display:block}
figure,.tiles div{break-inside:avoid}
h2{break-after:avoid}
.scroll{max-height:none;overflow:visible}
thead th{position:static}
}
)";

enum class Ground { light, dark };

std::string palette(Ground ground) {
  std::string text = ":root{";
  for (const Colour& colour : colours) {
    text += std::string("--") + colour.name + ':' + (ground == Ground::dark ? colour.dark : colour.light) + ';';
  }
  return text + '}';
}

}  // namespace

std::string page_style() {
  // Texts of pictures only: those that a script draws have colours of their own. Of less weight than any class.
  std::string drawing = drawing_rules;
  drawing.replace(drawing.find("svg text{"), 4, "figure>svg ");
  return palette(Ground::light) + "\n@media (prefers-color-scheme:dark){" + palette(Ground::dark) + "}\n@media print{" +
         palette(Ground::light) + '}' + drawing + page_rules;
}

std::string figure_style() {
  std::string text = drawing_rules;
  for (const Colour& colour : colours) {
    const std::string token = std::string("var(--") + colour.name + ')';
    for (std::size_t at = text.find(token); at != std::string::npos; at = text.find(token)) {
      text.replace(at, token.size(), colour.light);
    }
  }
  const std::string screen_fonts = "system-ui,-apple-system,\"Segoe UI\",Roboto,\"Helvetica Neue\",Arial,sans-serif";
  const std::size_t fonts = text.find(screen_fonts);
  if (fonts != std::string::npos) text.replace(fonts, screen_fonts.size(), "sans-serif");
  return text;
}

}  // namespace homeward
