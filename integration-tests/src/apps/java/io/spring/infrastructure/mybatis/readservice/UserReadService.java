package io.spring.infrastructure.mybatis.readservice;

import org.apache.ibatis.annotations.Select;

/** A mapper, a proxy when it runs; so are the others. */
public interface UserReadService {
  @Select("SELECT username FROM users WHERE id = #{id}")
  String findById(int id);
}
