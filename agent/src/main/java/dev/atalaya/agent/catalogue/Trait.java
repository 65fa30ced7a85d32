package dev.atalaya.agent.catalogue;

/** What a library is, as far as it matters to the agent whichever library it is. */
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

  /** A client's class that others extend: what does so is a client, whoever wrote it. */
  BASE,

  /** Takes requests, on threads of its own. */
  SERVER,

  /** Its own tasks are no part of the request that they are handed over in. */
  OWN_TASKS,

  /** Maps rows to objects, or builds statements. */
  MAPPER,

  /** Migrates a schema, which is nobody's request. */
  MIGRATION,

  /** Any other that is often on the way: a framework, a language's runtime. */
  FRAMEWORK,

  /** Calls the application in the middle of its own work: it counts on either side of that. */
  AROUND,

  /** Reads of itself what is used, */
  LOADS_LAZILY,

  /** or what belongs to what is read, by a statement of its own. */
  LOADS_EAGERLY,

  /** A mapper's collections, which load because they are used, */
  COLLECTION,

  /** but not where this class calls them directly: then they come with their owner. */
  LOADS_EAGER_COLLECTIONS;

  public long bit() {
    return 1L << ordinal();
  }
}
