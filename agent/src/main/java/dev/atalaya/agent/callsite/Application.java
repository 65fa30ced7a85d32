package dev.atalaya.agent.callsite;

import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Library;
import dev.atalaya.agent.catalogue.Trait;
import java.util.Collections;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Which classes are the application's own: by where they come from, and by their names only where
 * that does not tell, as in a jar with all libraries in it.
 *
 * <p>What is learned on the way counts from then on: where the main class is, and the packages of
 * classes that are surely the application's, as its other jars have the same.
 */
public final class Application {
  /** Takes all classes that the catalogue does not know for the application's. */
  public static final Application BY_NAME = named(name -> Catalogue.of(name) == null);

  /** How often the main class is looked for: it may be loaded late. */
  private static final int LOOKS = 3;

  /** Whose a class is. */
  enum Owner {
    APPLICATION,
    LIBRARY,

    /**
     * Of a jar that the catalogue does not know: a library's if any other class is the
     * application's.
     */
    STRANGER
  }

  private final List<String> packages;
  private final Supplier<Class<?>[]> loaded;
  private final @Nullable Predicate<String> byName;
  private final MainClass main;
  private final ApplicationPackages own = new ApplicationPackages();
  private volatile int version;
  private volatile boolean known;
  private int looks;

  /** What is known of its classes, and of the libraries'. */
  public final ClassRoles roles = new ClassRoles(this);

  private Application(
      List<String> packages,
      Supplier<Class<?>[]> loaded,
      @Nullable Predicate<String> byName,
      MainClass main) {
    this.packages = packages;
    this.loaded = loaded;
    this.byName = byName;
    this.main = main;
    learn(main.name());
  }

  /**
   * The application of this JVM.
   *
   * @param packages what the user says that it is, {@code com.acme} or {@code com.acme.*}; or empty
   * @param loaded all classes of the JVM
   */
  public static Application of(List<String> packages, Supplier<Class<?>[]> loaded) {
    return of(packages, loaded, MainClass.of(System.getProperty("sun.java.command")));
  }

  public static Application of(List<String> packages, Supplier<Class<?>[]> loaded, MainClass main) {
    return new Application(packages, loaded, null, main);
  }

  /** The classes of such names, wherever they come from. */
  public static Application named(Predicate<String> names) {
    return new Application(
        Collections.<String>emptyList(), () -> new Class<?>[0], names, MainClass.of(null));
  }

  /** Looks for what the command line did not tell; on a thread of the agent's, a few times. */
  public void learnMain() {
    synchronized (main) {
      if (looks == LOOKS) return;
      looks++;
      main.readManifest();
      learn(main.name());
      if (!main.isPlaceKnown() && !findMain()) return;
      looks = LOOKS;
      for (String one : main.packages()) if (isALibrarys(one)) main.isCrowded(true);
    }
    learned();
  }

  private synchronized void learned() {
    version++;
  }

  private boolean findMain() {
    if (main.name() == null) return false;
    for (Class<?> type : loaded.get()) if (main.found(type)) return true;
    return false;
  }

  private boolean isALibrarys(String packageName) {
    Library library = Catalogue.of(packageName);
    return library != null
        && !library.is(Trait.LAUNCHER)
        && own.length(packageName) <= library.beginning.length();
  }

  /** Changes where a class that was no one's may now be the application's. */
  int version() {
    return version;
  }

  /** Whether any class is known to be the application's. */
  boolean isKnown() {
    return known;
  }

  Class<?>[] loadedClasses() {
    return loaded.get();
  }

  /** Where a class comes from; to be asked once per class. */
  Origin origin(Class<?> type) {
    return Origin.of(type, main);
  }

  /** Whose a class is that comes from there; {@link Origin#JAR} where that is not known. */
  Owner owner(String name, Origin origin) {
    Owner owner = decide(name, origin);
    if (owner == Owner.APPLICATION && !known) known = true;
    return owner;
  }

  private Owner decide(String name, Origin origin) {
    if (byName != null) return byName.test(name) ? Owner.APPLICATION : Owner.LIBRARY;
    if (!packages.isEmpty()) return isListed(name) ? Owner.APPLICATION : Owner.LIBRARY;
    Library library = Catalogue.of(name);
    if (origin == Origin.PLATFORM) return Owner.LIBRARY;
    if (library != null && library.isNeverTheApplications()) return Owner.LIBRARY;
    if (origin == Origin.OWN) {
      if (library == null) learn(name);
      return Owner.APPLICATION;
    }
    int catalogued = library == null ? 0 : library.beginning.length();
    if (own.length(name) > catalogued) return Owner.APPLICATION;
    if (library != null) return Owner.LIBRARY;
    if (origin == Origin.MIXED && !main.isCrowded()) return Owner.APPLICATION;
    return Owner.STRANGER;
  }

  private boolean isListed(String className) {
    for (String name : packages) {
      String prefix = name.endsWith("*") ? name.substring(0, name.length() - 1) : name + ".";
      if (className.startsWith(prefix)) return true;
    }
    return false;
  }

  private synchronized void learn(@Nullable String className) {
    if (className == null) return;
    Library library = Catalogue.of(className);
    boolean others = library != null && library.isNeverTheApplications();
    if (!others && own.add(className)) version++;
  }
}
