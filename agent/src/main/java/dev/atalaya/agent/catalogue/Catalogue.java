package dev.atalaya.agent.catalogue;

import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.COLLECTION;
import static dev.atalaya.agent.catalogue.Trait.DRIVER;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.GRAPHQL;
import static dev.atalaya.agent.catalogue.Trait.HIBERNATE;
import static dev.atalaya.agent.catalogue.Trait.HIBERNATE_EAGER;
import static dev.atalaya.agent.catalogue.Trait.HIBERNATE_IDENTITY;
import static dev.atalaya.agent.catalogue.Trait.HIBERNATE_LAZY;
import static dev.atalaya.agent.catalogue.Trait.JDBC_TEMPLATE;
import static dev.atalaya.agent.catalogue.Trait.JEDIS;
import static dev.atalaya.agent.catalogue.Trait.JOOQ;
import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.LETTUCE;
import static dev.atalaya.agent.catalogue.Trait.LOADS_EAGER_COLLECTIONS;
import static dev.atalaya.agent.catalogue.Trait.MAPPER;
import static dev.atalaya.agent.catalogue.Trait.MIGRATION;
import static dev.atalaya.agent.catalogue.Trait.MYBATIS;
import static dev.atalaya.agent.catalogue.Trait.MYBATIS_NESTED;
import static dev.atalaya.agent.catalogue.Trait.OWN_TASKS;
import static dev.atalaya.agent.catalogue.Trait.PASSES_CALLS;
import static dev.atalaya.agent.catalogue.Trait.PASSES_ON;
import static dev.atalaya.agent.catalogue.Trait.PLATFORM;
import static dev.atalaya.agent.catalogue.Trait.POOL;
import static dev.atalaya.agent.catalogue.Trait.SERVER;
import static dev.atalaya.agent.catalogue.Trait.SPRING_DATA;
import static dev.atalaya.agent.catalogue.Trait.SPRING_GRAPHQL;
import static dev.atalaya.agent.catalogue.Trait.SPRING_REDIS;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The libraries that are known by the beginning of their classes' names; the one list of them.
 *
 * <p>It says what a library is. Whether a class is the application's is decided by where it comes
 * from, and by this list only where that does not tell.
 */
public final class Catalogue {
  /** A name that ends in a dot is a package and all below it. The longest that fits holds. */
  private static final Library[] ALL = {
    // The JDK, and what is neither here nor there.
    new Library("java.", PLATFORM),
    new Library("java.lang.", PLATFORM, PASSES_CALLS),
    new Library("java.util.", PLATFORM, PASSES_CALLS),
    new Library("java.sql.", PLATFORM, DRIVER),
    new Library("javax.", PLATFORM),
    new Library("jdk.", PLATFORM),
    new Library("jdk.internal.reflect.", PLATFORM, PASSES_CALLS),
    new Library("jdk.internal.vm.", PLATFORM, PASSES_CALLS),
    new Library("jdk.internal.net.http.", PLATFORM, CLIENT),
    new Library("jdk.httpserver.", PLATFORM, SERVER, OWN_TASKS),
    new Library("sun.", PLATFORM),
    new Library("sun.reflect.", PLATFORM, PASSES_CALLS),
    new Library("sun.net.httpserver.", PLATFORM, SERVER, OWN_TASKS),
    new Library("com.sun.", PLATFORM),
    new Library("dev.atalaya.bridge.", PASSES_CALLS),
    new Library("dev.atalaya.agent.callsite.", PASSES_CALLS),
    new Library("dev.atalaya.agent.trace.", PASSES_CALLS),

    // What starts an application.
    new Library("org.springframework.boot.loader.", LAUNCHER),
    new Library("io.quarkus.bootstrap.", LAUNCHER),
    new Library("io.quarkus.runner.", LAUNCHER),
    new Library("io.vertx.core.Launcher", LAUNCHER),
    new Library("io.vertx.core.impl.launcher.", LAUNCHER),
    new Library("io.vertx.launcher.", LAUNCHER),
    new Library("org.apache.catalina.startup.", SERVER, LAUNCHER),
    new Library("org.apache.maven.", LAUNCHER),
    new Library("org.apache.felix.", LAUNCHER),
    new Library("org.apache.karaf.", LAUNCHER),
    new Library("org.apache.spark.deploy.", LAUNCHER),
    new Library("org.apache.flink.", LAUNCHER),
    new Library("org.apache.tools.ant.", LAUNCHER),
    new Library("org.eclipse.jetty.start.", LAUNCHER),
    new Library("org.eclipse.jetty.runner.", LAUNCHER),
    new Library("org.eclipse.equinox.", LAUNCHER),
    new Library("org.eclipse.jdt.", LAUNCHER),
    new Library("org.eclipse.osgi.", LAUNCHER),
    new Library("org.jboss.modules.", LAUNCHER),
    new Library("org.codehaus.classworlds.", LAUNCHER),
    new Library("org.codehaus.plexus.", LAUNCHER),
    new Library("org.gradle.", LAUNCHER),
    new Library("worker.org.gradle.", LAUNCHER),
    new Library("org.junit.", LAUNCHER),
    new Library("org.testng.", LAUNCHER),
    new Library("com.intellij.", LAUNCHER),
    new Library("play.core.", LAUNCHER),
    new Library("com.amazonaws.services.lambda.", LAUNCHER),

    // Servers.
    new Library("org.apache.tomcat.", SERVER, OWN_TASKS),
    new Library("org.apache.coyote.", SERVER, OWN_TASKS),
    new Library("org.apache.catalina.", SERVER),
    new Library("org.eclipse.jetty.", SERVER, OWN_TASKS),
    new Library("io.undertow.", SERVER, OWN_TASKS),
    new Library("org.xnio.", SERVER, OWN_TASKS),
    new Library("io.netty.", SERVER, OWN_TASKS),
    new Library("org.glassfish.grizzly.", SERVER),
    new Library("org.jboss.threads.", SERVER),
    new Library("io.vertx.", FRAMEWORK, SERVER),
    new Library("io.grpc.", SERVER, CLIENT),
    new Library("io.helidon.", FRAMEWORK, SERVER),
    new Library("org.ops4j.pax.web.", SERVER),
    new Library("com.ibm.ws.", SERVER, LAUNCHER),
    new Library("com.ibm.wsspi.", SERVER),
    new Library("io.openliberty.", SERVER, LAUNCHER),
    new Library("weblogic.", SERVER, LAUNCHER),
    new Library("fish.payara.", SERVER, LAUNCHER),
    new Library("com.caucho.", SERVER, LAUNCHER),
    new Library("spark.", FRAMEWORK, SERVER),
    new Library("io.javalin.", FRAMEWORK, SERVER),
    new Library("play.", FRAMEWORK, SERVER),
    new Library("ratpack.", FRAMEWORK, SERVER),
    new Library("io.ktor.", FRAMEWORK, SERVER),
    new Library("akka.", FRAMEWORK, SERVER),
    new Library("org.apache.pekko.", FRAMEWORK, SERVER),
    new Library("org.http4s.", FRAMEWORK, SERVER),

    // Drivers.
    new Library("org.postgresql.", DRIVER),
    new Library("com.impossibl.postgres.", DRIVER),
    new Library("com.mysql.", DRIVER),
    new Library("org.mariadb.", DRIVER),
    new Library("oracle.", FRAMEWORK),
    new Library("oracle.jdbc.", DRIVER),
    new Library("oracle.sql.", DRIVER),
    new Library("oracle.net.", DRIVER),
    new Library("oracle.ucp.", POOL),
    new Library("com.microsoft.sqlserver.", DRIVER),
    new Library("net.sourceforge.jtds.", DRIVER),
    new Library("com.ibm.db2.", DRIVER),
    new Library("com.ibm.as400.", DRIVER),
    new Library("org.h2.", DRIVER),
    new Library("org.hsqldb.", DRIVER),
    new Library("org.apache.derby.", DRIVER),
    new Library("org.sqlite.", DRIVER),
    new Library("org.duckdb.", DRIVER),
    new Library("com.clickhouse.", DRIVER),
    new Library("net.snowflake.", DRIVER),
    new Library("org.firebirdsql.", DRIVER),
    new Library("com.sap.db.", DRIVER),
    new Library("com.informix.", DRIVER),
    new Library("com.mongodb.", DRIVER),
    new Library("com.datastax.", DRIVER),
    new Library("redis.clients.jedis.", DRIVER, JEDIS),
    new Library("io.lettuce.", DRIVER, LETTUCE),
    new Library("org.redisson.", DRIVER),

    // Pools of connections, and spies around them.
    new Library("com.zaxxer.hikari.", POOL, PASSES_ON),
    new Library("org.apache.commons.dbcp", POOL),
    new Library("org.apache.commons.dbcp2.", POOL, PASSES_ON),
    new Library("org.apache.commons.pool", POOL),
    new Library("org.apache.tomcat.jdbc.", POOL, OWN_TASKS),
    new Library("org.apache.tomcat.dbcp.", POOL, OWN_TASKS),
    new Library("com.mchange.", POOL),
    new Library("com.mchange.v2.c3p0.", POOL, PASSES_ON),
    new Library("io.agroal.", POOL),
    new Library("com.alibaba.druid.", POOL),
    new Library("org.vibur.", POOL),
    new Library("com.jolbox.bonecp.", POOL),
    new Library("org.jboss.jca.", POOL),
    new Library("org.logicalcobwebs.", POOL),
    new Library("com.p6spy.", POOL),
    new Library("net.ttddyy.", POOL),
    new Library("com.github.gavlyukovskiy.", POOL),
    new Library("net.sf.log4jdbc.", POOL),
    new Library("org.apache.shardingsphere.", POOL),

    // What maps rows to objects, and what builds statements.
    new Library("org.hibernate.", HIBERNATE),
    new Library(
        "org.hibernate.collection.spi.AbstractPersistentCollection",
        HIBERNATE,
        HIBERNATE_LAZY,
        COLLECTION),
    new Library(
        "org.hibernate.collection.internal.AbstractPersistentCollection",
        HIBERNATE,
        HIBERNATE_LAZY,
        COLLECTION),
    new Library(
        "org.hibernate.engine.internal.StatefulPersistenceContext",
        HIBERNATE,
        LOADS_EAGER_COLLECTIONS),
    new Library("org.hibernate.proxy.AbstractLazyInitializer", HIBERNATE, HIBERNATE_LAZY),
    new Library("org.hibernate.bytecode.enhance.spi.interceptor.", HIBERNATE, HIBERNATE_LAZY),
    new Library("org.hibernate.type.EntityType", HIBERNATE, HIBERNATE_EAGER),
    new Library(
        "org.hibernate.sql.results.graph.entity.internal.EntitySelect", HIBERNATE, HIBERNATE_EAGER),
    new Library(
        "org.hibernate.action.internal.EntityIdentityInsertAction", HIBERNATE, HIBERNATE_IDENTITY),
    new Library("org.springframework.data.", SPRING_DATA),
    new Library("org.springframework.data.redis.", SPRING_REDIS),
    new Library("org.springframework.jdbc.core.", JDBC_TEMPLATE),
    new Library("org.apache.ibatis.", MYBATIS),
    new Library("org.apache.ibatis.executor.loader.", MYBATIS, MYBATIS_NESTED),
    new Library("org.mybatis.spring.", MYBATIS),
    new Library("org.mybatis.guice.", MYBATIS),
    new Library("org.mybatis.cdi.", MYBATIS),
    new Library("org.mybatis.dynamic.", MYBATIS),
    new Library("org.mybatis.caches.", MYBATIS),
    new Library("org.mybatis.logging.", MYBATIS),
    new Library("org.mybatis.scripting.", MYBATIS),
    new Library("com.baomidou.", MYBATIS),
    new Library("com.github.pagehelper.", MYBATIS),
    new Library("tk.mybatis.", MYBATIS),
    new Library("org.jooq.", JOOQ),
    new Library("org.jdbi.", MAPPER),
    new Library("org.skife.jdbi.", MAPPER),
    new Library("org.sql2o.", MAPPER),
    new Library("com.j256.ormlite.", MAPPER),
    new Library("io.ebean.", MAPPER),
    new Library("io.ebeaninternal.", MAPPER),
    new Library("com.querydsl.", MAPPER),
    new Library("org.eclipse.persistence.", MAPPER),
    new Library("org.datanucleus.", MAPPER),
    new Library("org.seasar.doma.", MAPPER),
    new Library("org.jetbrains.exposed.", MAPPER),
    new Library("org.ktorm.", MAPPER),
    new Library("slick.", MAPPER),
    new Library("scalikejdbc.", MAPPER),
    new Library("doobie.", MAPPER),
    new Library("io.requery.", MAPPER),
    new Library("org.javalite.", MAPPER),
    new Library("com.blazebit.", MAPPER),
    new Library("org.apache.openjpa.", MAPPER),
    new Library("org.apache.cayenne.", MAPPER),
    new Library("org.apache.commons.dbutils.", MAPPER),
    new Library("org.flywaydb.", MIGRATION),
    new Library("liquibase.", MIGRATION),

    // HTTP clients.
    new Library("okhttp3.", CLIENT, OWN_TASKS),
    new Library("okio.", CLIENT),
    new Library("retrofit2.", CLIENT),
    new Library("feign.", CLIENT),
    new Library("org.apache.http.", CLIENT),
    new Library("org.apache.hc.", CLIENT),
    new Library("org.asynchttpclient.", CLIENT),
    new Library("com.ning.http.", CLIENT),

    // Others that are often on the way.
    new Library("jakarta.", FRAMEWORK),
    new Library("kotlin.", FRAMEWORK),
    new Library("kotlinx.", FRAMEWORK),
    new Library("scala.", FRAMEWORK),
    new Library("clojure.", FRAMEWORK),
    new Library("groovy.", FRAMEWORK),
    new Library("grails.", FRAMEWORK),
    new Library("org.grails.", FRAMEWORK),
    new Library("org.codehaus.", FRAMEWORK),
    new Library("org.springframework.", FRAMEWORK),
    new Library("org.springframework.graphql.", FRAMEWORK, SPRING_GRAPHQL),
    new Library("org.thymeleaf.", FRAMEWORK),
    new Library("freemarker.", FRAMEWORK),
    new Library("com.samskivert.", FRAMEWORK),
    new Library("org.attoparser.", FRAMEWORK),
    new Library("ognl.", FRAMEWORK),
    new Library("graphql.", FRAMEWORK),
    new Library("graphql.execution.", FRAMEWORK, GRAPHQL),
    new Library("org.dataloader.", FRAMEWORK, GRAPHQL),
    new Library("com.netflix.", FRAMEWORK),
    new Library("org.apache.", FRAMEWORK),
    new Library("org.eclipse.", FRAMEWORK),
    new Library("org.glassfish.", FRAMEWORK),
    new Library("org.jboss.", FRAMEWORK),
    new Library("org.jvnet.", FRAMEWORK),
    new Library("org.wildfly.", FRAMEWORK),
    new Library("org.infinispan.", FRAMEWORK),
    new Library("io.quarkus.", FRAMEWORK),
    new Library("io.smallrye.", FRAMEWORK),
    new Library("io.micronaut.", FRAMEWORK),
    new Library("io.micrometer.", FRAMEWORK),
    new Library("io.dropwizard.", FRAMEWORK),
    new Library("com.codahale.metrics.", FRAMEWORK),
    new Library("io.opentelemetry.", FRAMEWORK),
    new Library("io.opentracing.", FRAMEWORK),
    new Library("io.prometheus.", FRAMEWORK),
    new Library("io.reactivex.", FRAMEWORK),
    new Library("io.projectreactor.", FRAMEWORK),
    new Library("io.r2dbc.", FRAMEWORK),
    new Library("io.vavr.", FRAMEWORK),
    new Library("io.github.resilience4j.", FRAMEWORK),
    new Library("io.swagger.", FRAMEWORK),
    new Library("reactor.", FRAMEWORK),
    new Library("rx.", FRAMEWORK),
    new Library("zio.", FRAMEWORK),
    new Library("cats.", FRAMEWORK),
    new Library("com.google.", FRAMEWORK),
    new Library("com.fasterxml.", FRAMEWORK),
    new Library("tools.jackson.", FRAMEWORK),
    new Library("com.alibaba.fastjson", FRAMEWORK),
    new Library("com.zaxxer.", FRAMEWORK),
    new Library("com.github.benmanes.", FRAMEWORK),
    new Library("com.opensymphony.", FRAMEWORK),
    new Library("com.vaadin.", FRAMEWORK),
    new Library("net.sf.ehcache.", FRAMEWORK),
    new Library("net.sf.cglib.", FRAMEWORK),
    new Library("net.sf.jsqlparser.", FRAMEWORK),
    new Library("org.ehcache.", FRAMEWORK),
    new Library("com.hazelcast.", FRAMEWORK),
    new Library("com.microsoft.", FRAMEWORK),
    new Library("com.ibm.", FRAMEWORK),
    new Library("org.quartz.", FRAMEWORK),
    new Library("org.jobrunr.", FRAMEWORK),
    new Library("com.github.kagkarlsson.", FRAMEWORK),
    new Library("net.javacrumbs.shedlock.", FRAMEWORK),
    new Library("org.slf4j.", FRAMEWORK),
    new Library("ch.qos.logback.", FRAMEWORK),
    new Library("org.aopalliance.", FRAMEWORK),
    new Library("org.aspectj.", FRAMEWORK),
    new Library("net.bytebuddy.", FRAMEWORK),
    new Library("javassist.", FRAMEWORK),
    new Library("org.objectweb.", FRAMEWORK),
    new Library("org.objenesis.", FRAMEWORK),
    new Library("org.mockito.", FRAMEWORK),
    new Library("org.modelmapper.", FRAMEWORK),
    new Library("org.dozer.", FRAMEWORK),
    new Library("org.mapstruct.", FRAMEWORK),
    new Library("org.joda.", FRAMEWORK),
    new Library("com.amazonaws.", FRAMEWORK),
    new Library("software.amazon.", FRAMEWORK),
    new Library("com.azure.", FRAMEWORK),
    new Library("com.rabbitmq.", FRAMEWORK),
  };

  private Catalogue() {}

  /** The library that the class is of, by its name; null where none is known. */
  public static @Nullable Library of(String className) {
    Library best = null;
    for (Library one : ALL) {
      if (className.startsWith(one.beginning)
          && (best == null || one.beginning.length() > best.beginning.length())) best = one;
    }
    return best;
  }

  /** Whether libraries' names begin so: {@code org.apache.} */
  public static boolean isShared(String beginning) {
    for (Library one : ALL) if (one.beginning.startsWith(beginning)) return true;
    return false;
  }

  static int size() {
    return ALL.length;
  }

  /** The beginnings of those with a trait. */
  public static String[] beginnings(Trait trait) {
    List<String> found = new ArrayList<>();
    for (Library one : ALL) if (one.is(trait)) found.add(one.beginning);
    return found.toArray(new String[0]);
  }
}
