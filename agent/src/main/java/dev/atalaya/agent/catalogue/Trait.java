package dev.atalaya.agent.catalogue;

/** What a library is, as far as it matters to the agent whichever library it is. */
public enum Trait {
  /** Only passes calls on: reflection, collections, streams, and the agent itself. */
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

  /** Migrates a database's schema. */
  MIGRATION,

  /** Any other that is often on the way: a framework, a language's runtime. */
  FRAMEWORK,

  /** Calls the application in the middle of its own work: it counts wherever on the stack it is. */
  AROUND,

  /** A mapper's class that loads what is used, on its own. */
  LOADS_LAZILY,

  /** A mapper's class that loads what comes with its owner, by a statement of its own. */
  LOADS_EAGERLY,

  /** A mapper's collections, which load when they are used. */
  COLLECTION,

  /** A class that, where it calls such a collection directly, loads it together with its owner. */
  LOADS_EAGER_COLLECTIONS;

  public long bit() {
    return 1L << ordinal();
  }
}
