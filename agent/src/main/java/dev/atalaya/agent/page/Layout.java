package dev.atalaya.agent.page;

/** What all pages have around them: the header with what was seen, and the way to the others. */
final class Layout {
  /** Path and word of each page that is a place to start from. */
  private static final String[][] PLACES = {
    {"", "Problems"},
    {"traces", "Traces"},
    {"routes", "Routes"},
    {"statements", "Statements"},
    {"errors", "Errors"},
    {"running", "Running"},
    {"doctor", "Doctor"},
    {"settings", "Settings"}
  };

  /** Names below {@code /api/}. */
  private static final String[] JSON = {
    "problems",
    "findings",
    "traces",
    "routes",
    "statements",
    "errors",
    "active",
    "profile",
    "doctor"
  };

  private static final String HEAD =
      "<meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\">"
          + "<link rel=\"stylesheet\" href=\"/console.css\"><link rel=\"icon\" href=\"data:,\">"
          + "<script src=\"/console.js\" defer></script>";

  private Layout() {}

  /** {@code current}: the first name of the path; {@code seen}: that of the doctor's report. */
  static String page(String title, String current, Value seen, Html main) {
    Html html = new Html().raw("<!doctype html><html lang=\"en\"><head>").raw(HEAD);
    html.raw("<title>").text(title).raw(" \u00b7 Atalaya</title></head><body>");
    html.raw("<a class=\"skip\" href=\"#main\">To the content</a><header>");
    html.raw("<a class=\"brand\" href=\"/\">Atalaya</a><nav aria-label=\"Pages\">");
    for (String[] place : PLACES) {
      html.raw("<a href=\"/").raw(place[0]).raw("\"");
      if (isAt(place[0], current)) html.raw(" aria-current=\"page\"");
      html.raw(">").raw(place[1]).raw("</a>");
    }
    html.raw("</nav>").element("p class=\"seen\"", seen.text("summary")).raw("</header>");
    html.raw("<main id=\"main\" tabindex=\"-1\">").append(main).raw("</main>");
    html.raw("<footer>As JSON: ");
    for (String name : JSON) html.link("/api/" + name, name).raw(" ");
    html.raw("\u00b7 <a href=\"/metrics\">metrics</a></footer></body></html>");
    return html.toString();
  }

  private static boolean isAt(String place, String current) {
    return place.equals(current) || place.isEmpty() && current.equals("problems");
  }
}
