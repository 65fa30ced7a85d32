package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Library;
import dev.atalaya.agent.catalogue.Trait;
import dev.atalaya.agent.state.BoundedCache;
import java.lang.reflect.Proxy;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a class on the stack is: the application's, a library worth telling, or what only passes
 * calls on. Decided once per class, and anew where more became known of the application.
 */
public final class ClassRoles {
  /** What the catalogue says of a class's library; the bits above are our own. */
  static final long LIBRARY = (1L << Catalogue.BITS) - 1;

  static final long EAGER = Trait.LOADS_EAGERLY.bit();
  static final long LOADS = Trait.LOADS_LAZILY.bit() | EAGER;

  static final long AROUND = Trait.AROUND.bit();

  /** A mapper's collections, which load when they are used. */
  static final long COLLECTION = Trait.COLLECTION.bit();

  /** A class that, where it calls such a collection directly, loads it together with its owner. */
  static final long LOADS_EAGER_COLLECTIONS = Trait.LOADS_EAGER_COLLECTIONS.bit();

  static final long APPLICATION = 1L << Catalogue.BITS;

  /** JDBC, a pool around it, or Redis: a call site does not name it as what was called. */
  static final long DRIVER = APPLICATION << 1;

  /** The agent, reflection, collections and streams: frames to pass over. */
  static final long NO_MATTER = APPLICATION << 2;

  /** Of a jar that the catalogue does not know: the application's where nothing else is. */
  static final long STRANGER = APPLICATION << 3;

  /** Made by a library for a class, the application's or not. */
  static final long GENERATED = APPLICATION << 4;

  private static final int NAMES = 8_192;

  /** Parts of the names that libraries give to the classes they generate. */
  private static final String[] GENERATED_PARTS = {
    "$$SpringCGLIB$$",
    "$$EnhancerBy",
    "$$FastClassBy",
    "$$KeyFactoryBy",
    "$HibernateProxy",
    "$HibernateBasicProxy",
    "$HibernateInstantiator",
    "$HibernateAccessOptimizer",
    "_$$_jvst",
    "_$$_javassist",
    "_$$_Weld",
    "$Proxy$_$$_",
    "$MockitoMock$",
    "$ByteBuddy$",
    "$auxiliary$",
    "_ClientProxy",
    "_Subclass",
    "$Intercepted",
    "__AotRepository",
  };

  final Application application;

  private final ClassValue<Role> types =
      new ClassValue<Role>() {
        @Override
        protected Role computeValue(Class<?> type) {
          return roleOf(type);
        }
      };

  /** What frames without a class are looked up in: of Java 8, and of other threads. */
  private final BoundedCache<String, Role> names = new BoundedCache<>(NAMES, Long.MAX_VALUE);

  ClassRoles(Application application) {
    this.application = application;
  }

  /** Bits: those above, and the catalogue's. */
  long of(Class<?> type) {
    return current(types.get(type));
  }

  /** The same of a class of which only the name is at hand. */
  long of(String className) {
    Role known = names.get(className, 1);
    if (known == null) {
      Class<?> type = ClassContext.find(className);
      known = type != null ? types.get(type) : kept(new Role(className, null));
    }
    return current(known);
  }

  /** Of a frame: a {@link StackTraceElement} or one of StackWalker's. */
  long ofFrame(Object frame) {
    Class<?> type = ThreadFrames.type(frame);
    return type != null ? of(type) : of(ThreadFrames.className(frame));
  }

  /** The application's interface that a frame's class is a proxy of; null for any other frame. */
  @Nullable Class<?> ownOf(Object frame) {
    Class<?> type = ThreadFrames.type(frame);
    if (type == null) type = ClassContext.find(ThreadFrames.className(frame));
    if (type == null || !Proxy.isProxyClass(type)) return null;
    for (Class<?> one : type.getInterfaces()) if ((of(one) & APPLICATION) != 0) return one;
    return null;
  }

  /** Whether the class is the application's; where that is not known yet, whether it may be. */
  public boolean isOwn(Class<?> type) {
    return isOwn(of(type));
  }

  boolean isOwn(long role) {
    return (role & APPLICATION) != 0 || ((role & STRANGER) != 0 && !application.isKnown());
  }

  /** Whether the class is, or may be, the application's. */
  public boolean isApplications(Class<?> type) {
    return (of(type) & (APPLICATION | STRANGER)) != 0;
  }

  /** The same of a class's name; where that looks like a library's, its class is looked for. */
  public boolean isApplications(String className) {
    if ((of(className) & (APPLICATION | STRANGER)) != 0) return true;
    resolve(Collections.singleton(className));
    return (of(className) & APPLICATION) != 0;
  }

  /** Looks among all loaded classes for those of which only the name is known; asks no loader. */
  void resolve(Set<String> classNames) {
    Set<String> unknown = new HashSet<>();
    for (String name : classNames) {
      Role known = names.get(name, 1);
      if (known == null || !known.isOfClass) unknown.add(name);
    }
    if (unknown.isEmpty()) return;
    for (Class<?> type : application.loadedClasses()) {
      if (unknown.contains(type.getName())) kept(types.get(type));
    }
  }

  private Role roleOf(Class<?> type) {
    return kept(new Role(type.getName(), type));
  }

  /** Of two classes of one name the name stands for the first. */
  private Role kept(Role role) {
    Role first = names.put(role.name, role, 1);
    if (!role.isOfClass) return first;
    if (!first.isOfClass) first.becomes(role);
    return role;
  }

  private long current(Role role) {
    if (!role.settled && role.version != application.version()) role.decide();
    return role.bits;
  }

  /** What is known of a class; it holds none of its loader's objects. */
  private final class Role {
    final String name;

    /** Whether its class is known, and not the name alone. */
    volatile boolean isOfClass;

    private boolean isDriver;
    private Origin origin = Origin.JAR;
    volatile long bits;
    volatile int version;

    /** Whether it stays as it is, whatever else is learned of the application. */
    volatile boolean settled;

    Role(String name, @Nullable Class<?> type) {
      this.name = name;
      if (type != null) {
        origin = application.origin(type);
        isDriver = DriverTypes.include(type);
        isOfClass = true;
      }
      decide();
    }

    private void becomes(Role known) {
      origin = known.origin;
      isDriver = known.isDriver;
      isOfClass = true;
      decide();
    }

    private void decide() {
      version = application.version();
      long known = bits();
      bits = known;
      settled =
          (known & (NO_MATTER | GENERATED)) != 0
              || origin == Origin.PLATFORM
              || isOfClass && origin != Origin.MIXED && (known & APPLICATION) != 0;
    }

    private long bits() {
      // A hidden class, which a lambda is.
      if (name.indexOf('/') >= 0 || name.contains("$$Lambda")) return NO_MATTER;
      if (origin == Origin.AGENT) return NO_MATTER;
      if (isGenerated(name)) return GENERATED;
      Library library = Catalogue.of(name);
      long known = library == null ? 0 : ClassRoles.bits(library);
      if ((known & NO_MATTER) != 0) return known;
      if (isDriver) return known | DRIVER;
      switch (application.owner(name, origin)) {
        case APPLICATION:
          return APPLICATION;
        case STRANGER:
          return known | STRANGER;
        default:
          return known;
      }
    }
  }

  private static long bits(Library library) {
    long bits = library.bits;
    if (library.is(Trait.PASSES_CALLS)) bits |= NO_MATTER;
    if (library.is(Trait.DRIVER) || library.is(Trait.POOL)) bits |= DRIVER;
    return bits;
  }

  private static boolean isGenerated(String name) {
    if (name.startsWith("$Proxy", name.lastIndexOf('.') + 1)) return true;
    if (name.indexOf('$') < 0 && name.indexOf('_') < 0) return false;
    for (String part : GENERATED_PARTS) if (name.contains(part)) return true;
    return false;
  }
}
