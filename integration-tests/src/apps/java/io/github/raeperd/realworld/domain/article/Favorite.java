package io.github.raeperd.realworld.domain.article;

import javax.persistence.Entity;
import javax.persistence.Id;
import javax.persistence.Table;

/** That a user likes an article. */
@Entity
@Table(name = "favorites")
public class Favorite {
  @Id private Long id;
  private Long articleId;
  private Long userId;

  protected Favorite() {}

  public Favorite(long id, long articleId, long userId) {
    this.id = id;
    this.articleId = articleId;
    this.userId = userId;
  }

  public Long getArticleId() {
    return articleId;
  }

  public Long getUserId() {
    return userId;
  }
}
