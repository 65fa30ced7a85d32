package dev.atalaya.agent.library.netty;

import dev.atalaya.agent.callsite.ClassRoles;
import dev.atalaya.agent.catalogue.Catalogue;
import dev.atalaya.agent.catalogue.Library;
import dev.atalaya.agent.catalogue.Trait;
import org.jspecify.annotations.Nullable;

/**
 * Classes whose listeners and tasks go on with the request that they were made in: the
 * application's, and those of clients that it calls. Servers' and drivers' go on with a connection,
 * which may be another request's by then; and a stranger's may be a server's.
 */
final class Callers {
  private static final String LAMBDA = "$$Lambda";

  /** The class itself or whose lambda it is, to be asked for; or whether it is one. */
  private static final ClassValue<Object> OWNERS =
      new ClassValue<Object>() {
        @Override
        protected Object computeValue(Class<?> type) {
          Class<?> owner = owner(type);
          Library library = owner == null ? null : Catalogue.of(owner.getName());
          if (library == null) return owner == null ? false : owner;
          return library.is(Trait.CLIENT)
              && !library.is(Trait.SERVER)
              && !library.is(Trait.OWN_TASKS);
        }
      };

  private Callers() {}

  static boolean include(Class<?> type, ClassRoles roles) {
    Object owner = OWNERS.get(type);
    return owner instanceof Class ? roles.isOwn((Class<?>) owner) : owner == Boolean.TRUE;
  }

  private static @Nullable Class<?> owner(Class<?> type) {
    int lambda = type.getName().indexOf(LAMBDA);
    if (lambda < 0) return type;
    try {
      return Class.forName(type.getName().substring(0, lambda), false, type.getClassLoader());
    } catch (ClassNotFoundException hidden) {
      return null;
    }
  }
}
