package dev.atalaya.agent.state;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A bounded cache of two generations: what is used again moves to the young one, and when that is
 * full the old one is dropped whole. Reads take no lock; any thread may call.
 */
public final class BoundedCache<K, V> {
  private final int entries;
  private final long weight;
  private volatile ConcurrentHashMap<K, V> young = new ConcurrentHashMap<>();
  private volatile ConcurrentHashMap<K, V> old = new ConcurrentHashMap<>();
  private final AtomicLong youngWeight = new AtomicLong();

  /** Holds at most about {@code entries} of {@code weight} in all; half of each is young. */
  public BoundedCache(int entries, long weight) {
    this.entries = entries / 2;
    this.weight = weight / 2;
  }

  public @Nullable V get(K key, int itsWeight) {
    V value = young.get(key);
    if (value != null) return value;
    value = old.get(key);
    if (value != null) put(key, value, itsWeight);
    return value;
  }

  /** Returns the value that is kept: another thread's where that was first. */
  public V put(K key, V value, int itsWeight) {
    if (young.size() >= entries || youngWeight.get() > weight) turn();
    V first = young.putIfAbsent(key, value);
    if (first != null) return first;
    youngWeight.addAndGet(itsWeight);
    return value;
  }

  /** Visits what is kept; what moves meanwhile may come twice. */
  public void forEach(Consumer<V> visitor) {
    ConcurrentHashMap<K, V> former = old;
    young.forEach((key, value) -> visitor.accept(value));
    former.forEach(
        (key, value) -> {
          if (!young.containsKey(key)) visitor.accept(value);
        });
  }

  private synchronized void turn() {
    if (young.size() < entries && youngWeight.get() <= weight) return;
    old = young;
    young = new ConcurrentHashMap<>();
    youngWeight.set(0);
  }
}
