package dev.atalaya.agent.library;

import static dev.atalaya.agent.catalogue.Trait.AROUND;
import static dev.atalaya.agent.catalogue.Trait.CLIENT;
import static dev.atalaya.agent.catalogue.Trait.DRIVER;
import static dev.atalaya.agent.catalogue.Trait.FRAMEWORK;
import static dev.atalaya.agent.catalogue.Trait.LAUNCHER;
import static dev.atalaya.agent.catalogue.Trait.MAPPER;
import static dev.atalaya.agent.catalogue.Trait.MIGRATION;
import static dev.atalaya.agent.catalogue.Trait.PASSES_CALLS;
import static dev.atalaya.agent.catalogue.Trait.PLATFORM;
import static dev.atalaya.agent.catalogue.Trait.POOL;
import static dev.atalaya.agent.catalogue.Trait.SERVER;

import com.google.auto.service.AutoService;
import dev.atalaya.agent.catalogue.LibraryPackages;
import dev.atalaya.agent.catalogue.Packages;

/** Libraries that have no folder of their own, and the JDK. */
@AutoService(LibraryPackages.class)
public final class OtherPackages implements LibraryPackages {
  @Override
  public void list(Packages known) {
    // The JDK, and what only passes calls on.
    known.such(PLATFORM).in("java.", "javax.", "jdk.", "sun.", "com.sun.");
    known
        .such(PLATFORM, PASSES_CALLS)
        .in(
            "java.lang.",
            "java.util.",
            "jdk.internal.reflect.",
            "jdk.internal.vm.",
            "sun.reflect.");
    known.such(PLATFORM, DRIVER).in("java.sql.");
    known
        .such(PASSES_CALLS)
        .in("dev.atalaya.bridge.", "dev.atalaya.agent.callsite.", "dev.atalaya.agent.trace.");

    // What starts an application.
    known
        .such(LAUNCHER)
        .in(
            "org.springframework.boot.loader.",
            "io.quarkus.bootstrap.",
            "io.quarkus.runner.",
            "org.apache.maven.",
            "org.apache.felix.",
            "org.apache.karaf.",
            "org.apache.spark.deploy.",
            "org.apache.flink.",
            "org.apache.tools.ant.",
            "org.eclipse.equinox.",
            "org.eclipse.jdt.",
            "org.eclipse.osgi.",
            "org.jboss.modules.",
            "org.codehaus.classworlds.",
            "org.codehaus.plexus.",
            "org.gradle.",
            "worker.org.gradle.",
            "org.junit.",
            "org.testng.",
            "com.intellij.",
            "play.core.",
            "com.amazonaws.services.lambda.");

    // Servers.
    known.such(SERVER).in("org.jboss.threads.", "org.ops4j.pax.web.");
    known.such(FRAMEWORK, SERVER).in("play.", "ratpack.", "org.http4s.");
    known.such(SERVER, LAUNCHER).in("weblogic.", "fish.payara.", "com.caucho.");

    // Drivers.
    known
        .such(DRIVER)
        .in(
            "org.postgresql.",
            "com.impossibl.postgres.",
            "com.mysql.",
            "org.mariadb.",
            "oracle.jdbc.",
            "oracle.sql.",
            "oracle.net.",
            "com.microsoft.sqlserver.",
            "net.sourceforge.jtds.",
            "com.ibm.db2.",
            "com.ibm.as400.",
            "org.h2.",
            "org.hsqldb.",
            "org.apache.derby.",
            "org.sqlite.",
            "org.duckdb.",
            "com.clickhouse.",
            "net.snowflake.",
            "org.firebirdsql.",
            "com.sap.db.",
            "com.informix.",
            "com.mongodb.",
            "com.datastax.",
            "org.redisson.");
    known.such(FRAMEWORK).in("oracle.");
    known.such(POOL).in("oracle.ucp.");

    // Pools of connections, and spies around them.
    known
        .such(POOL)
        .in(
            "io.agroal.",
            "com.alibaba.druid.",
            "org.vibur.",
            "com.jolbox.bonecp.",
            "org.jboss.jca.",
            "org.logicalcobwebs.",
            "com.p6spy.",
            "net.ttddyy.",
            "com.github.gavlyukovskiy.",
            "net.sf.log4jdbc.",
            "org.apache.shardingsphere.");

    // What maps rows to objects, and what builds statements.
    known
        .such(MAPPER)
        .in(
            "org.jdbi.",
            "org.skife.jdbi.",
            "org.sql2o.",
            "com.j256.ormlite.",
            "io.ebean.",
            "io.ebeaninternal.",
            "com.querydsl.",
            "org.eclipse.persistence.",
            "org.datanucleus.",
            "org.seasar.doma.",
            "org.jetbrains.exposed.",
            "org.ktorm.",
            "slick.",
            "scalikejdbc.",
            "doobie.",
            "io.requery.",
            "org.javalite.",
            "com.blazebit.",
            "org.apache.openjpa.",
            "org.apache.cayenne.",
            "org.apache.commons.dbutils.");
    known.such(AROUND, MIGRATION).in("org.flywaydb.", "liquibase.");

    // HTTP clients.
    known.such(CLIENT).in("retrofit2.", "feign.", "com.ning.http.");

    // Others that are often on the way.
    known
        .such(FRAMEWORK)
        .in(
            "jakarta.",
            "kotlin.",
            "kotlinx.",
            "clojure.",
            "groovy.",
            "grails.",
            "org.grails.",
            "org.codehaus.",
            "org.springframework.",
            "org.thymeleaf.",
            "freemarker.",
            "com.samskivert.",
            "org.attoparser.",
            "ognl.",
            "com.netflix.",
            "org.apache.",
            "org.eclipse.",
            "org.glassfish.",
            "org.jboss.",
            "org.jvnet.",
            "org.wildfly.",
            "org.infinispan.",
            "io.quarkus.",
            "io.micrometer.",
            "io.dropwizard.",
            "com.codahale.metrics.",
            "io.opentelemetry.",
            "io.opentracing.",
            "io.prometheus.",
            "io.r2dbc.",
            "io.vavr.",
            "io.github.resilience4j.",
            "io.swagger.",
            "rx.",
            "zio.",
            "cats.",
            "com.google.",
            "com.fasterxml.",
            "tools.jackson.",
            "com.alibaba.fastjson",
            "com.opensymphony.",
            "com.vaadin.",
            "net.sf.ehcache.",
            "net.sf.cglib.",
            "net.sf.jsqlparser.",
            "org.ehcache.",
            "com.hazelcast.",
            "com.microsoft.",
            "com.ibm.",
            "org.quartz.",
            "org.jobrunr.",
            "com.github.kagkarlsson.",
            "net.javacrumbs.shedlock.",
            "org.slf4j.",
            "org.aopalliance.",
            "org.aspectj.",
            "net.bytebuddy.",
            "javassist.",
            "org.objectweb.",
            "org.objenesis.",
            "org.mockito.",
            "org.modelmapper.",
            "org.dozer.",
            "org.mapstruct.",
            "org.joda.",
            "com.amazonaws.",
            "software.amazon.",
            "com.azure.",
            "com.rabbitmq.");
  }
}
