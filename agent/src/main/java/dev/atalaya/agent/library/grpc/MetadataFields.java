package dev.atalaya.agent.library.grpc;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The texts in gRPC's {@code Metadata}, which are found by keys of its own; as headers that may be
 * read and set.
 */
public final class MetadataFields {
  private static final MethodType GET =
      MethodType.methodType(Object.class, Object.class, Object.class);
  private static final MethodType PUT =
      MethodType.methodType(void.class, Object.class, Object.class, Object.class);

  private static final MethodType REMOVE =
      MethodType.methodType(void.class, Object.class, Object.class);

  /** Of each loader's {@code Metadata}. */
  private static final ClassValue<Keys> KEYS =
      new ClassValue<Keys>() {
        @Override
        protected Keys computeValue(Class<?> type) {
          try {
            return new Keys(type);
          } catch (ReflectiveOperationException other) {
            throw new IllegalStateException("not gRPC's Metadata as it is known: " + type, other);
          }
        }
      };

  private final Object metadata;
  private final Keys keys;

  MetadataFields(Object metadata) {
    this.metadata = metadata;
    keys = KEYS.get(metadata.getClass());
  }

  public @Nullable String get(String name) throws Throwable {
    Object value = (Object) keys.get.invokeExact(metadata, keys.of(name));
    return (String) value;
  }

  public void put(String name, String value) throws Throwable {
    keys.put.invokeExact(metadata, keys.of(name), (Object) value);
  }

  /** All of that name; called as {@code Headers} finds it. */
  public void removeHeaders(String name) throws Throwable {
    keys.remove.invokeExact(metadata, keys.of(name));
  }

  private static final class Keys {
    final MethodHandle get;
    final MethodHandle put;
    final MethodHandle remove;
    private final MethodHandle make;

    /** By the names that propagators use: a few. */
    private final Map<String, Object> made = new ConcurrentHashMap<>();

    Keys(Class<?> metadata) throws ReflectiveOperationException {
      MethodHandles.Lookup lookup = MethodHandles.publicLookup();
      ClassLoader loader = metadata.getClassLoader();
      Class<?> key = Class.forName("io.grpc.Metadata$Key", false, loader);
      Class<?> marshaller = Class.forName("io.grpc.Metadata$AsciiMarshaller", false, loader);
      Object ascii = metadata.getField("ASCII_STRING_MARSHALLER").get(null);
      get =
          lookup.findVirtual(metadata, "get", MethodType.methodType(Object.class, key)).asType(GET);
      put =
          lookup
              .findVirtual(metadata, "put", MethodType.methodType(void.class, key, Object.class))
              .asType(PUT);
      remove =
          lookup
              .findVirtual(metadata, "removeAll", MethodType.methodType(Iterable.class, key))
              .asType(REMOVE);
      make =
          MethodHandles.insertArguments(
              lookup.findStatic(key, "of", MethodType.methodType(key, String.class, marshaller)),
              1,
              ascii);
    }

    Object of(String name) throws Throwable {
      Object known = made.get(name);
      if (known != null) return known;
      Object key = make.invoke(name);
      made.put(name, key);
      return key;
    }
  }
}
