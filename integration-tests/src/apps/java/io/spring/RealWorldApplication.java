package io.spring;

import app.Web;
import io.spring.application.ArticleQueryService;
import io.spring.infrastructure.mybatis.readservice.ArticleFavoritesReadService;
import io.spring.infrastructure.mybatis.readservice.ArticleReadService;
import io.spring.infrastructure.mybatis.readservice.UserReadService;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import org.apache.ibatis.datasource.unpooled.UnpooledDataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;

/** A place for articles, on MyBatis. */
public final class RealWorldApplication {
  private static final String URL = "jdbc:h2:mem:blog;DB_CLOSE_DELAY=-1";

  private RealWorldApplication() {}

  public static void main(String[] args) throws Exception {
    try (Connection connection = DriverManager.getConnection(URL, "sa", "");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE users (id INT PRIMARY KEY, username VARCHAR)");
      statement.execute("INSERT INTO users SELECT x, 'user' || x FROM SYSTEM_RANGE(1, 30)");
      statement.execute("CREATE TABLE articles (id INT PRIMARY KEY, title VARCHAR, user_id INT)");
      statement.execute(
          "INSERT INTO articles SELECT x, 'article' || x, x + 10 FROM SYSTEM_RANGE(1, 12)");
      statement.execute("CREATE TABLE article_tags (article_id INT, name VARCHAR)");
      statement.execute("INSERT INTO article_tags SELECT x, 'java' FROM SYSTEM_RANGE(1, 12)");
      statement.execute("INSERT INTO article_tags SELECT x, 'sql' FROM SYSTEM_RANGE(1, 12)");
      statement.execute("INSERT INTO article_tags SELECT x, 'web' FROM SYSTEM_RANGE(1, 12)");
      statement.execute("CREATE TABLE article_favorites (article_id INT, user_id INT)");
      statement.execute("INSERT INTO article_favorites SELECT x / 2, x FROM SYSTEM_RANGE(1, 20)");
    }
    Configuration configuration =
        new Configuration(
            new Environment(
                "test",
                new JdbcTransactionFactory(),
                new UnpooledDataSource("org.h2.Driver", URL, "sa", "")));
    configuration.addMapper(UserReadService.class);
    configuration.addMapper(ArticleReadService.class);
    configuration.addMapper(ArticleFavoritesReadService.class);
    SqlSessionFactory sessions = new SqlSessionFactoryBuilder().build(configuration);
    ArticleQueryService service = new ArticleQueryService(sessions);
    new Web(4).on("/articles", query -> "" + service.findRecentArticles(1)).start();
  }
}
