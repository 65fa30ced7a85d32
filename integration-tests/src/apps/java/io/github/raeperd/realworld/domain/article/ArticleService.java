package io.github.raeperd.realworld.domain.article;

import io.github.raeperd.realworld.domain.user.User;
import io.github.raeperd.realworld.domain.user.UserRepository;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.Sort;
import org.springframework.transaction.annotation.Transactional;

/** A page of articles, as a reader sees it. */
public class ArticleService {
  private final UserRepository users;
  private final ArticleRepository articles;
  private final FavoriteRepository favorites;

  public ArticleService(
      UserRepository users, ArticleRepository articles, FavoriteRepository favorites) {
    this.users = users;
    this.articles = articles;
    this.favorites = favorites;
  }

  @Transactional(readOnly = true)
  public List<String> getArticles(long reader) {
    User user = users.findById(reader).orElseThrow();
    return articles
        .findAll(PageRequest.of(0, 20, Sort.by("id"))) // <- articles
        .map(article -> view(article, user))
        .getContent();
  }

  private String view(Article article, User reader) {
    return article.getTitle()
        + " by "
        + article.getAuthor().getUsername()
        + (article.getAuthor().getId().equals(reader.getId()) ? " (you)" : "")
        + article.getTags().stream()
            .map(Tag::getValue)
            .sorted()
            .collect(Collectors.toList()) // <- tags
        + favorites.countByArticleId(article.getId()); // <- favorites
  }
}
