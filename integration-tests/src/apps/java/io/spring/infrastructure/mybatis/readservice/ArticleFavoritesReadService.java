package io.spring.infrastructure.mybatis.readservice;

import org.apache.ibatis.annotations.Select;

/** Who likes what. */
public interface ArticleFavoritesReadService {
  @Select("SELECT count(*) FROM article_favorites WHERE article_id = #{id}")
  int articleFavoriteCount(int id);
}
