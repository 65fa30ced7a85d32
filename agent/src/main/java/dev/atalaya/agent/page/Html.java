package dev.atalaya.agent.page;

import java.util.List;

/** HTML that grows: markup of ours as it is, texts of the application's escaped. */
final class Html {
  private final StringBuilder html = new StringBuilder(8_192);

  /** Markup; never what comes from outside. */
  Html raw(String markup) {
    html.append(markup);
    return this;
  }

  Html text(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '<') html.append("&lt;");
      else if (c == '>') html.append("&gt;");
      else if (c == '&') html.append("&amp;");
      else if (c == '"') html.append("&quot;");
      else if (c == '\'') html.append("&#39;");
      else html.append(c);
    }
    return this;
  }

  /** Nothing for an empty text. {@code open}: {@code small}, {@code td class="n"}. */
  Html element(String open, String text) {
    if (text.isEmpty()) return this;
    int blank = open.indexOf(' ');
    raw("<").raw(open).raw(">").text(text);
    return raw("</").raw(blank < 0 ? open : open.substring(0, blank)).raw(">");
  }

  /** A table's cell, also where it is empty. */
  Html cell(String text) {
    return raw("<td>").text(text).raw("</td>");
  }

  /** A cell of a number, with its unit; the label stands before it where columns have no heads. */
  Html number(String label, String text) {
    return raw("<td class=\"n\" data-label=\"").text(label).raw("\">").text(text).raw("</td>");
  }

  /** A bar as long as the share of the whole, from 0 to 1. */
  Html share(double share) {
    long width = Math.round(80 * Math.max(0, Math.min(1, share)));
    raw("<svg class=\"share\" width=\"80\" height=\"8\" role=\"img\" aria-label=\"");
    text(Figures.percent(share)).raw("\"><rect class=\"whole\" width=\"80\" height=\"8\"/>");
    return raw("<rect width=\"" + width + "\" height=\"8\"/></svg>");
  }

  /** A bar for each of a few counts, the greatest as high as all may be. */
  Html trend(List<Value> counts) {
    double most = 1;
    for (Value one : counts) most = Math.max(most, one.number());
    raw("<svg class=\"trend\" width=\"" + 8 * counts.size() + "\" height=\"16\" role=\"img\"");
    raw(" aria-label=\"");
    for (Value one : counts) text(one.text() + " ");
    raw("\">");
    for (int i = 0; i < counts.size(); i++) {
      long height = Math.round(Math.ceil(15 * counts.get(i).number() / most)) + 1;
      raw("<rect x=\"" + 8 * i + "\" y=\"" + (16 - height) + "\" width=\"6\" height=\"");
      raw(height + "\"/>");
    }
    return raw("</svg>");
  }

  /** {@code href} is one of ours, or begins with {@code http}. */
  Html link(String href, String text) {
    return raw("<a href=\"").text(href).raw("\">").text(text).raw("</a>");
  }

  boolean isEmpty() {
    return html.length() == 0;
  }

  Html append(Html other) {
    html.append(other.html);
    return this;
  }

  @Override
  public String toString() {
    return html.toString();
  }
}
