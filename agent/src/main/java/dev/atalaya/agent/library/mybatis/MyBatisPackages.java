package dev.atalaya.agent.library.mybatis;

import static dev.atalaya.agent.catalogue.Trait.MAPPER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** MyBatis, and what is built upon it. */
@AutoService(LibraryPackages.class)
public final class MyBatisPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    known
        .such(MAPPER)
        .tagged("mybatis")
        .in(
            "org.apache.ibatis.",
            "org.mybatis.spring.",
            "org.mybatis.guice.",
            "org.mybatis.cdi.",
            "org.mybatis.dynamic.",
            "org.mybatis.caches.",
            "org.mybatis.logging.",
            "org.mybatis.scripting.",
            "com.baomidou.",
            "com.github.pagehelper.",
            "tk.mybatis.");
    known
        .such(MAPPER)
        .tagged("mybatis")
        .tagged("mybatis-nested")
        .in("org.apache.ibatis.executor.loader.");
  }
}
