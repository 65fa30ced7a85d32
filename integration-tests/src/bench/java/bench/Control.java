package bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.ThreadInfo;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Map;
import java.util.TreeMap;

/**
 * The benchmark's line to the service: a socket of its own, so that no agent sees it as a request.
 *
 * <p>Threads that have ended are told too, with what they had used when last looked at.
 *
 * <p>{@code snapshot} answers with lines of a key, a space and a value, closed by an empty line;
 * {@code reset} forgets the requests measured so far. The service ends with the connection.
 */
public final class Control {
  /** How a thread of the measurement itself begins; such are left out. */
  private static final String OWN = "bench-";

  private static final long LOOK_MILLIS = 200;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final Measured measured;
  private final PrintWriter out;
  private final Map<Long, String> threads = new TreeMap<>();

  private Control(Measured measured, PrintWriter out) {
    this.measured = measured;
    this.out = out;
  }

  public static void connect(int controlPort, int servicePort, Measured measured) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), controlPort);
    Control control = new Control(measured, new PrintWriter(socket.getOutputStream(), false));
    BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream()));
    new Thread(() -> control.run(in), OWN + "control").start();
    Thread looker = new Thread(control::keepLooking, OWN + "looker");
    looker.setDaemon(true);
    looker.start();
    control.out.println("port " + servicePort);
    control.out.println();
    control.out.flush();
  }

  private void run(BufferedReader in) {
    try {
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("snapshot")) {
          snapshot();
        } else if (line.equals("reset")) {
          measured.reset();
        }
        out.println();
        out.flush();
      }
    } catch (IOException e) {
      // The benchmark has gone.
    }
    System.exit(0);
  }

  private void snapshot() {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    out.println("process.cpu " + system.getProcessCpuTime());
    out.println("requests " + measured.count());
    out.println("call.cpu " + measured.cpuPerCall());
    out.println("call.bytes " + measured.bytesPerCall());
    out.println("call.bytes.median " + measured.medianBytesPerCall());
    out.println("classes " + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        out.println("metaspace " + pool.getUsage().getUsed());
      }
    }
    out.println("threads.started " + THREADS.getTotalStartedThreadCount());
    look();
    synchronized (threads) {
      threads.forEach((id, use) -> out.println("thread " + id + " " + use));
    }
  }

  private void keepLooking() {
    while (true) {
      try {
        Thread.sleep(LOOK_MILLIS);
      } catch (InterruptedException e) {
        return;
      }
      look();
    }
  }

  private void look() {
    synchronized (threads) {
      long[] ids = THREADS.getAllThreadIds();
      long[] cpu = THREADS.getThreadCpuTime(ids);
      long[] bytes = THREADS.getThreadAllocatedBytes(ids);
      ThreadInfo[] infos = THREADS.getThreadInfo(ids);
      for (int i = 0; i < ids.length; i++) {
        if (infos[i] != null && cpu[i] >= 0 && !infos[i].getThreadName().startsWith(OWN)) {
          threads.put(ids[i], cpu[i] + " " + bytes[i] + " " + infos[i].getThreadName());
        }
      }
    }
  }
}
