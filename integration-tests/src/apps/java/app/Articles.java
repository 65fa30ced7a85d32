package app;

import org.springframework.jdbc.core.JdbcTemplate;

/** What the applications with GraphQL read: twelve articles, of an author each, some with tags. */
final class Articles {
  static final String SCHEMA =
      """
      type Query { articles: [Article], names: [String] }
      type Article { title: String, author: Author, tags: [Tag] }
      type Author { name: String }
      type Tag { name: String }
      """;

  private Articles() {}

  static void create(JdbcTemplate jdbcTemplate) {
    jdbcTemplate.execute("CREATE TABLE article (id INT PRIMARY KEY, title VARCHAR, author_id INT)");
    jdbcTemplate.execute("CREATE TABLE author (id INT PRIMARY KEY, name VARCHAR)");
    jdbcTemplate.execute("CREATE TABLE tag (article_id INT, name VARCHAR)");
    for (int id = 1; id <= 12; id++) {
      jdbcTemplate.update("INSERT INTO article VALUES (?, ?, ?)", id, "title" + id, 100 + id);
      jdbcTemplate.update("INSERT INTO author VALUES (?, ?)", 100 + id, "author" + id);
      for (int k = 0; k < id % 3; k++) {
        jdbcTemplate.update("INSERT INTO tag VALUES (?, ?)", id, "tag" + k);
      }
    }
  }

  /** A loop that nobody mends. */
  static String barrier(JdbcTemplate jdbcTemplate) {
    int found = 0;
    for (int id = 1; id <= 12; id++) {
      found += jdbcTemplate.queryForList("SELECT * FROM tag WHERE article_id = ?", id).size();
    }
    return "" + found;
  }
}
