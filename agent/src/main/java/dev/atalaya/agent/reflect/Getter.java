package dev.atalaya.agent.reflect;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A public method of a library's objects, or a public field, found by its name once per class.
 *
 * <p>The class itself is often hidden (a container's facade, a module's inside): the method is
 * looked for on the public types above it.
 */
public final class Getter {
  private static final MethodType SHAPE = MethodType.methodType(Object.class, Object.class);

  private final String name;
  private final int parameters;
  private final Class<?> @Nullable [] types;
  private final ClassValue<@Nullable MethodHandle> handles =
      new ClassValue<@Nullable MethodHandle>() {
        @Override
        protected @Nullable MethodHandle computeValue(Class<?> type) {
          MethodHandle found = find(type);
          return found == null || parameters > 0 ? found : found.asType(SHAPE);
        }
      };

  public Getter(String name) {
    this(name, 0);
  }

  /** The only method of that name with so many parameters: only {@link #in} is for it. */
  public Getter(String name, int parameters) {
    this(name, parameters, null);
  }

  /** One of several with as many: in which order they are listed is left to the JVM. */
  public Getter(String name, Class<?>... types) {
    this(name, types.length, types);
  }

  private Getter(String name, int parameters, Class<?> @Nullable [] types) {
    this.name = name;
    this.parameters = parameters;
    this.types = types;
  }

  /** The method of the target's class, or what reads its field, or null. */
  public @Nullable MethodHandle in(@Nullable Object target) {
    return target == null ? null : handles.get(target.getClass());
  }

  /** What the method returns; null where there is none, where it throws, and for null. */
  public @Nullable Object of(@Nullable Object target) {
    MethodHandle handle = in(target);
    if (handle == null) return null;
    try {
      return (Object) handle.invokeExact(target);
    } catch (Throwable unreadable) {
      return null;
    }
  }

  /** As {@link #of}, as text; empty for null. */
  public String text(@Nullable Object target) {
    Object value = of(target);
    return value == null ? "" : value.toString();
  }

  /** As {@link #of}; 0 for what is no int. */
  public int number(@Nullable Object target) {
    Object value = of(target);
    return value instanceof Integer ? (Integer) value : 0;
  }

  private @Nullable MethodHandle find(@Nullable Class<?> type) {
    if (type == null) return null;
    MethodHandle found = declared(type);
    for (Class<?> parent : type.getInterfaces()) {
      if (found == null) found = find(parent);
    }
    return found != null ? found : find(type.getSuperclass());
  }

  private @Nullable MethodHandle declared(Class<?> type) {
    if (!Modifier.isPublic(type.getModifiers())) return null;
    try {
      for (Method method : type.getMethods()) {
        if (method.getName().equals(name)
            && method.getParameterCount() == parameters
            && (types == null || Arrays.equals(method.getParameterTypes(), types))
            && !Modifier.isStatic(method.getModifiers())
            && Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
          return MethodHandles.publicLookup().unreflect(method);
        }
      }
      for (Field field : parameters > 0 ? new Field[0] : type.getFields()) {
        if (field.getName().equals(name) && !Modifier.isStatic(field.getModifiers())) {
          return MethodHandles.publicLookup().unreflectGetter(field);
        }
      }
    } catch (Throwable hidden) {
      // Its module keeps it, or a type of it is missing; perhaps a type above has it.
    }
    return null;
  }
}
