package io.github.raeperd.realworld.domain.article;

import org.springframework.data.jpa.repository.JpaRepository;

/** Who likes what. */
public interface FavoriteRepository extends JpaRepository<Favorite, Long> {
  long countByArticleId(long articleId);
}
