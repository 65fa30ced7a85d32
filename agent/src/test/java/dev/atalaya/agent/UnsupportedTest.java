package dev.atalaya.agent;

import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.atalaya.agent.weave.WeaveIndex;
import org.junit.jupiter.api.Test;

class UnsupportedTest {
  @Test
  void what_is_instrumented_is_not_told_to_be_missing() throws Exception {
    String woven = WeaveIndex.print(Unsupported.class.getClassLoader());
    for (String[] missing : Unsupported.OTHERS) {
      String library = missing[0].substring(0, missing[0].lastIndexOf('/') + 1);
      assertFalse(woven.contains("\n\t" + library), missing[1]);
    }
  }
}
