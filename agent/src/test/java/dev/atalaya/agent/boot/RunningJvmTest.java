package dev.atalaya.agent.boot;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class RunningJvmTest {
  @Test
  void a_process_that_is_no_jvm_is_left_alone() throws Exception {
    Process sleep = new ProcessBuilder("sleep", "60").start();
    try {
      String pid = "" + sleep.pid();
      Exception refused =
          assertThrows(
              IllegalArgumentException.class, () -> RunningJvm.load(pid, new File("a.jar"), ""));
      assertEquals("process " + pid + " is no JVM", refused.getMessage());
      assertTrue(sleep.isAlive());
    } finally {
      sleep.destroy();
    }
  }

  @Test
  void a_process_that_is_not_there_is_named() throws Exception {
    assertEquals("no process 999999999", RunningJvm.obstacle("999999999"));
  }

  @Test
  void a_jvm_can_be_attached_to() throws Exception {
    assertNull(RunningJvm.obstacle("" + ProcessHandle.current().pid()));
  }

  @Test
  void what_others_call_their_processes_steers_no_terminal() {
    assertEquals("shop?[2J???", Launcher.printable("shop\u001b[2J\n\u202e\u009b"));
  }
}
