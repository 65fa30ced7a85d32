package dev.atalaya.agent.weave;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.DataInputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class ConstantPoolFilterTest {
  @Test
  void a_class_that_declares_a_wanted_method_passes() throws Exception {
    ConstantPoolFilter filter =
        new ConstantPoolFilter(Arrays.asList("()Ljava/sql/ResultSet;", "(Ljava/lang/Runnable;)V"));
    assertTrue(filter.admits(bytes(java.util.concurrent.Executor.class)));
  }

  @Test
  void a_class_that_holds_no_wanted_descriptor_does_not() throws Exception {
    ConstantPoolFilter filter =
        new ConstantPoolFilter(Collections.singleton("()Ljava/sql/ResultSet;"));
    assertFalse(filter.admits(bytes(java.util.concurrent.Executor.class)));
    assertFalse(filter.admits(bytes(java.util.ArrayList.class)));
  }

  @Test
  void descriptors_that_end_alike_are_told_apart() throws Exception {
    assertFalse(
        new ConstantPoolFilter(Collections.singleton("(Ljava/lang/Integer;Ljava/lang/Runnable;)V"))
            .admits(bytes(java.util.concurrent.Executor.class)));
  }

  @Test
  void what_is_no_class_file_does_not_pass() {
    ConstantPoolFilter filter = new ConstantPoolFilter(Collections.singleton("()V"));
    assertFalse(filter.admits(null));
    assertFalse(filter.admits(new byte[0]));
    byte[] cut = {
      (byte) 0xca, (byte) 0xfe, (byte) 0xba, (byte) 0xbe, 0, 0, 0, 52, 0, 9, 1, 0, 40, 1
    };
    assertFalse(filter.admits(cut));
  }

  static byte[] bytes(Class<?> type) throws Exception {
    String path = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(path)) {
      byte[] bytes = new byte[in.available()];
      new DataInputStream(in).readFully(bytes);
      return bytes;
    }
  }
}
