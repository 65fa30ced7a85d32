package dev.atalaya.agent.page;

/** One of several, to be chosen in a form: what was asked for is chosen already. */
final class Choice {
  private final String chosen;
  private final Html html = new Html();

  Choice(String parameter, String label, Query query) {
    chosen = query.text(parameter);
    html.raw("<label>").text(label).raw(" <select name=\"").text(parameter).raw("\">");
  }

  Choice option(String value, String word) {
    html.raw("<option value=\"").text(value).raw(value.equals(chosen) ? "\" selected>" : "\">");
    html.text(word).raw("</option>");
    return this;
  }

  void show(Html into) {
    into.append(html).raw("</select></label>");
  }
}
