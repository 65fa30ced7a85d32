package dev.atalaya.bridge;

/**
 * A library's object that carries what the agent knows of it, in a field the weaver added.
 *
 * <p>Plain reads and writes: the object's own thread rules apply to the state as well.
 */
public interface Carrier {
  Object atalaya$state();

  void atalaya$state(Object state);
}
