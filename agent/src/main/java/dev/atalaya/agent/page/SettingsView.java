package dev.atalaya.agent.page;

import org.jspecify.annotations.Nullable;

/** The live options: as a form where there is a token to change them with, else as a table. */
final class SettingsView implements View {
  private final Source settings;

  SettingsView(Source settings) {
    this.settings = settings;
  }

  @Override
  public @Nullable String show(Query query, Html html) {
    Value json = new Value(settings.get(Query.ALL));
    if (!query.id().isEmpty() || json.isAbsent()) return null;
    boolean form = json.is("changeable");
    html.raw("<h1>Settings</h1>");
    if (!query.note().isEmpty()) {
      html.element("p class=\"note wrong\" role=\"alert\"", "Nothing was changed: " + query.note());
    }
    about(form, html);
    if (form) html.raw("<form class=\"edit\" method=\"post\" action=\"/settings\">");
    html.raw("<table class=\"rows settings\"><thead><tr><th>Option<th>Value<th>Default");
    html.raw("</tr></thead><tbody>");
    for (Value one : json.all("settings")) row(one, form, query, html);
    html.raw("</tbody></table>");
    if (form) html.raw("<p><button>Apply</button></p></form>");
    lines(json, html);
    return "Settings";
  }

  private static void about(boolean form, Html html) {
    html.raw("<p>These options change while the application runs. In the file that ");
    html.raw("<code>atalaya.config</code> names they hold within 5 seconds, and stay.");
    if (form) {
      html.raw(" What is applied here holds until the next start. The browser asks for the token ");
      html.raw("as a password; any user's name will do.</p>");
      return;
    }
    html.raw("</p><p>To change them here, start the application with a token:</p>");
    html.raw("<figure class=\"code\"><pre>-Datalaya.console.token=...</pre></figure>");
  }

  private static void row(Value one, boolean form, Query query, Html html) {
    String key = one.text("key");
    String value = one.text("value");
    html.raw("<tr><td>");
    if (form && !one.is("fixed")) {
      html.raw("<label class=\"key\" for=\"").text(key).raw("\">").text(key).raw("</label>");
    } else {
      html.element("code", key);
    }
    html.element("small", one.text("what")).raw("</td><td>");
    if (!form) {
      html.element("code", value);
    } else if (one.is("fixed")) {
      html.element("code", value);
      html.raw("<small>set at the start, which is above what is set here</small>");
    } else {
      // What was refused is still there, to be corrected.
      input(key, query.note().isEmpty() ? value : query.text(key), one.text("default"), html);
    }
    String usual = one.text("default");
    html.raw(usual.isEmpty() ? "</td><td>" : "</td><td data-label=\"Default\">");
    html.element("code", usual).raw("</td></tr>");
  }

  private static void input(String key, String value, String usual, Html html) {
    html.raw(isFlag(usual) ? "<select id=\"" : "<input id=\"").text(key);
    html.raw("\" name=\"").text(key).raw("\"");
    if (!isFlag(usual)) {
      html.raw(" value=\"").text(value).raw("\" spellcheck=\"false\" autocomplete=\"off\">");
      return;
    }
    html.raw(">");
    for (String word : new String[] {"true", "false"}) {
      html.raw("<option").raw(word.equals(value) ? " selected>" : ">").raw(word).raw("</option>");
    }
    html.raw("</select>");
  }

  private static boolean isFlag(String usual) {
    return usual.equals("true") || usual.equals("false");
  }

  private static void lines(Value json, Html html) {
    StringBuilder lines = new StringBuilder();
    for (Value line : json.all("lines")) lines.append(line.text()).append('\n');
    if (lines.length() == 0) return;
    html.raw("<section><h2>Changed since the start</h2><p>In the file that ");
    html.raw("<code>atalaya.config</code> names, these lines keep it:</p>");
    html.raw("<figure class=\"code\">").element("pre tabindex=\"0\"", lines.toString().trim());
    html.raw("</figure></section>");
  }
}
