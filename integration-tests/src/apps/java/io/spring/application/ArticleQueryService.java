package io.spring.application;

import io.spring.infrastructure.mybatis.readservice.ArticleFavoritesReadService;
import io.spring.infrastructure.mybatis.readservice.ArticleReadService;
import io.spring.infrastructure.mybatis.readservice.UserReadService;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;

/** Recent articles, as a reader sees them. */
public final class ArticleQueryService {
  private final SqlSessionFactory sessions;

  public ArticleQueryService(SqlSessionFactory sessions) {
    this.sessions = sessions;
  }

  public List<String> findRecentArticles(int reader) {
    List<String> views = new ArrayList<>();
    try (SqlSession session = sessions.openSession()) {
      UserReadService users = session.getMapper(UserReadService.class);
      ArticleFavoritesReadService favorites = session.getMapper(ArticleFavoritesReadService.class);
      String name = users.findById(reader);
      for (ArticleData article : articles(session.getMapper(ArticleReadService.class))) {
        String author = users.findById(article.authorId()); // <- author
        int count = favorites.articleFavoriteCount(article.id()); // <- favorites
        views.add(article.title() + article.tags() + author + count + name);
      }
    }
    return views;
  }

  /** A row for each tag of an article. */
  private static List<ArticleData> articles(ArticleReadService mapper) {
    List<ArticleData> articles = new ArrayList<>();
    for (Map<String, Object> row : mapper.articlesWithTags()) {
      ArticleData last = articles.isEmpty() ? null : articles.get(articles.size() - 1);
      int id = (Integer) row.get("ID");
      if (last == null || last.id() != id) {
        last =
            new ArticleData(
                id, (String) row.get("TITLE"), (Integer) row.get("USER_ID"), new ArrayList<>());
        articles.add(last);
      }
      last.tags().add((String) row.get("TAG"));
    }
    return articles;
  }

  record ArticleData(int id, String title, int authorId, List<String> tags) {}
}
