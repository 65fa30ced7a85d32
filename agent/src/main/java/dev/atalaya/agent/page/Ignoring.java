package dev.atalaya.agent.page;

import java.util.Arrays;
import java.util.regex.Pattern;

/** How a problem that is none is left out: by a line of the file, or by a button. */
final class Ignoring {
  private static final String KEY = "atalaya.ignore.fingerprints";
  private static final Pattern ENTRIES = Pattern.compile("\\s*,\\s*");

  private final Value settings;
  private String ignored = "";

  Ignoring(Value settings) {
    this.settings = settings;
    for (Value one : settings.all("settings")) {
      if (one.text("key").equals(KEY)) ignored = one.text("value").trim();
    }
  }

  void show(String problem, Html html) {
    boolean is = Arrays.asList(ENTRIES.split(ignored)).contains(problem);
    html.raw("<section><h2>").raw(is ? "Ignored" : "Nothing to fix?").raw("</h2>");
    if (is) {
      html.raw("<p>It is told no more, and gone from here when its time is over. With this line ");
      html.raw("in the file that <code>atalaya.config</code> names it stays so:</p>");
      line(ignored, html);
    } else {
      html.raw("<p>This line in the file that <code>atalaya.config</code> names, or the same ");
      html.raw("option on the command line, leaves it out:</p>");
      line(ignored.isEmpty() ? problem : ignored + "," + problem, html);
    }
    if (settings.is("changeable")) {
      html.raw("<form method=\"post\" action=\"/ignore\">");
      hidden("problem", problem, html);
      if (is) hidden("ignored", "no", html);
      html.raw("<button>").raw(is ? "Tell of it again" : "Ignore it until the next start");
      html.raw("</button></form>");
    } else if (!settings.isAbsent()) {
      html.raw("<p>With a <a href=\"/settings\">token</a> there is a button for it here.</p>");
    }
    html.raw("</section>");
  }

  private static void line(String value, Html html) {
    html.raw("<figure class=\"code\">").element("pre", KEY + "=" + value).raw("</figure>");
  }

  private static void hidden(String name, String value, Html html) {
    html.raw("<input type=\"hidden\" name=\"").raw(name).raw("\" value=\"").text(value);
    html.raw("\">");
  }
}
