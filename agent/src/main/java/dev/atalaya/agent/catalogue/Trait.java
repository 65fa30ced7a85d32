package dev.atalaya.agent.catalogue;

/** What a library is, as far as it matters to anyone here. */
public enum Trait {
  /** Neither here nor there: reflection, collections, streams, and the agent itself. */
  PASSES_CALLS,

  /** The JDK's own, wherever it was loaded from. */
  PLATFORM,

  /** Brings the main class that starts an application, which is never the application's. */
  LAUNCHER,

  /** A database's or Redis' driver. */
  DRIVER,

  /** A pool of connections, or a spy around them. */
  POOL,

  /** A pool whose objects do nothing but pass on to the driver's. */
  PASSES_ON,

  /** Sends HTTP requests. */
  CLIENT,

  /** Takes requests, on threads of its own. */
  SERVER,

  /** Its own tasks are no part of the request that they are handed over in. */
  OWN_TASKS,

  /** Maps rows to objects, or builds statements. */
  MAPPER,

  /** Any other that is often on the way: a framework, a language's runtime. */
  FRAMEWORK,

  // What a suggestion may be made for.
  HIBERNATE,
  HIBERNATE_LAZY,
  HIBERNATE_EAGER,
  HIBERNATE_IDENTITY,
  SPRING_DATA,
  JDBC_TEMPLATE,
  MYBATIS,
  MYBATIS_NESTED,
  JOOQ,
  JEDIS,
  LETTUCE,
  SPRING_REDIS,
  GRAPHQL,
  SPRING_GRAPHQL,
  MIGRATION,

  /** Hibernate's collections, which load because they are used, */
  COLLECTION,

  /** but not where this class calls them directly: then they come with their owner. */
  LOADS_EAGER_COLLECTIONS
}
