package dev.atalaya.agent.trace;

/** Whose code is not the application's, by the beginning of its package. */
final class KnownLibraries {
  private static final String[] PREFIXES = {
    "java.", "javax.", "jakarta.", "sun.", "jdk.", "com.sun.", "kotlin.", "kotlinx.", "scala.",
    "groovy.", "org.codehaus.", "org.springframework.", "org.hibernate.", "org.apache.",
    "org.eclipse.", "org.glassfish.", "org.jboss.", "org.wildfly.", "org.infinispan.",
    "org.xnio.", "io.undertow.", "io.quarkus.", "io.vertx.", "io.netty.", "io.micronaut.",
    "io.micrometer.", "io.opentelemetry.", "io.prometheus.", "io.reactivex.", "reactor.",
    "rx.", "io.grpc.", "com.google.", "com.fasterxml.", "tools.jackson.", "com.zaxxer.",
    "com.mchange.", "com.p6spy.", "net.ttddyy.", "com.github.benmanes.", "net.sf.ehcache.",
    "org.ehcache.", "com.hazelcast.", "redis.clients.", "io.lettuce.", "org.redisson.",
    "org.postgresql.", "com.mysql.", "org.mariadb.", "oracle.", "com.microsoft.", "com.ibm.",
    "org.h2.", "org.hsqldb.", "org.sqlite.", "org.jooq.", "org.mybatis.", "org.flywaydb.",
    "liquibase.", "org.quartz.", "org.slf4j.", "ch.qos.logback.", "okhttp3.", "okio.",
    "com.netflix.", "org.aopalliance.", "org.aspectj.", "net.bytebuddy.", "org.objectweb.",
    "org.junit.", "com.amazonaws.", "software.amazon.", "com.azure.", "com.mongodb.", "com.rabbitmq.",
    "dev.atalaya.agent.trace."
  };

  private KnownLibraries() {}

  static boolean hold(String className) {
    for (String prefix : PREFIXES) if (className.startsWith(prefix)) return true;
    return false;
  }
}
