package shop.web;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;
import shop.Catalogue;

/** What a visitor of the catalogue chose; its links keep the choice. */
record Browsing(
    String q,
    @Nullable String category,
    @Nullable BigDecimal min,
    @Nullable BigDecimal max,
    String sort,
    int page) {

  Browsing {
    q = q.strip();
    category = category == null || category.isBlank() ? null : category;
  }

  /** Whether there is a choice to undo. */
  public boolean filtered() {
    return category != null || min != null || max != null || !q.isEmpty();
  }

  /** The same in another category, or in all. */
  public String in(@Nullable String other) {
    return link(other, 0, null);
  }

  public @Nullable String next(Catalogue.ProductPage found) {
    return found.after() == null ? null : link(category, page + 1, Searches.after(found.after()));
  }

  /** By number: a place in the order of products is known for the way on alone. */
  public @Nullable String back() {
    return page <= 0 ? null : link(category, page - 1, null);
  }

  private String link(@Nullable String category, int page, @Nullable String after) {
    StringJoiner query = new StringJoiner("&", "/?", "").setEmptyValue("/");
    add(query, "q", q);
    add(query, "category", category);
    add(query, "min", min);
    add(query, "max", max);
    add(query, "sort", sort.equals("price") ? sort : null);
    add(query, "page", page == 0 ? null : page);
    add(query, "after", after);
    return query.toString();
  }

  private static void add(StringJoiner query, String name, @Nullable Object value) {
    if (value != null && !value.equals("")) {
      query.add(name + "=" + URLEncoder.encode(value.toString(), StandardCharsets.UTF_8));
    }
  }
}
