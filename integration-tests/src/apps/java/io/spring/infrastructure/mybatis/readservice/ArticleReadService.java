package io.spring.infrastructure.mybatis.readservice;

import java.util.List;
import java.util.Map;
import org.apache.ibatis.annotations.Select;

/** Articles with their tags. */
public interface ArticleReadService {
  @Select(
      "SELECT a.id, a.title, a.user_id, t.name AS tag FROM articles a"
          + " LEFT JOIN article_tags t ON t.article_id = a.id ORDER BY a.id, t.name")
  List<Map<String, Object>> articlesWithTags();
}
