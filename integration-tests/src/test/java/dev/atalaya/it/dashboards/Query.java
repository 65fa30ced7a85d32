package dev.atalaya.it.dashboards;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A panel's query, in PromQL with short forms of what nearly all of them say. */
final class Query {
  private Query() {}

  /**
   * {@code {@}} selects the chosen service and instances, {@code {@route}} the chosen routes too,
   * {@code {@entry}} the entry points of these routes; {@code [@]} is the range of a rate.
   */
  static String narrowed(String expression) {
    String here = "service=~\"$service\",instance=~\"$instance\"";
    return expression
        .replace("{@route", "{" + here + ",http_route=~\"$route\"")
        // GET /orders, or the name of a job.
        .replace("{@entry", "{" + here + ",entry_point=~\"(.* )?$route\"")
        .replace("{@", "{" + here)
        .replace("[@]", "[$__rate_interval]");
  }

  /**
   * The share of a counter's growth that has those labels besides: zero where it grows without, and
   * nothing where it does not grow.
   *
   * @param by labels, or none
   */
  static String share(String by, String counter, String selector, String those) {
    String grouping = by.isEmpty() ? "" : "by (" + by + ") ";
    String all = "sum " + grouping + "(rate(" + counter + "{" + selector + "}[@]))";
    String some = "sum " + grouping + "(rate(" + counter + "{" + selector + "," + those + "}[@]))";
    return "(" + some + " or 0 * " + all + ") / " + all;
  }

  /** A quantile of a histogram, from its buckets. */
  static String quantile(String quantile, String by, String histogram, String selector) {
    String grouping = by.isEmpty() ? "le" : by + ", le";
    String buckets = "rate(" + histogram + "_bucket{" + selector + "}[@])";
    return "histogram_quantile(" + quantile + ", sum by (" + grouping + ") (" + buckets + "))";
  }

  /** {@code A}, {@code B}, and so on. */
  static String letter(int number) {
    return String.valueOf((char) ('A' + number));
  }

  static ObjectNode json(int number, String expression) {
    ObjectNode query = JsonNodeFactory.instance.objectNode();
    query.set("datasource", datasource());
    query.put("refId", letter(number));
    return query.put("expr", narrowed(expression));
  }

  static ObjectNode datasource() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("type", "prometheus")
        .put("uid", "${datasource}");
  }
}
