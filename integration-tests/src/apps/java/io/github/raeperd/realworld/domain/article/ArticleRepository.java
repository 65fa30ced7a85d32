package io.github.raeperd.realworld.domain.article;

import org.springframework.data.jpa.repository.JpaRepository;

/** Articles by the page. */
public interface ArticleRepository extends JpaRepository<Article, Long> {}
