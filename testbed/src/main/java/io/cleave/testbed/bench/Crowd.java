package io.cleave.testbed.bench;

import com.hivemq.client.mqtt.MqttClientExecutorConfig;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5Client;
import io.cleave.policies.onnx.Zoo;
import io.cleave.policies.plan.Demand;
import io.cleave.policies.wire.Capabilities;
import io.cleave.policies.wire.ModelReference;
import io.cleave.transport.mqtt.Topics;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Many agents in one process, each with a connection of its own to the broker. */
final class Crowd implements AutoCloseable {
  private static final String SERVER = "edge";
  private static final int AT_ONCE = 64; // connecting
  private static final Demand DEMAND = new Demand(1, 2, 0);

  /**
   * What became of the reports of one measurement.
   *
   * @param sent reports that the broker acknowledged
   * @param refused reports that it did not
   * @param late publications that the crowd itself began over 100 ms late, being too slow
   */
  record Sent(long sent, long refused, long late) {}

  private final EventLoopGroup loop = new NioEventLoopGroup(1);
  private final List<CrowdAgent> devices = new ArrayList<>();
  private final CrowdAgent server;
  private final Address broker;

  /** Where the broker is. */
  record Address(String host, int port) {}

  Crowd(Address broker, Topics topics, int size) {
    this.broker = broker;
    this.server = new CrowdAgent(SERVER, List.of(), topics, client(SERVER), 0);
    for (int i = 0; i < size; i++) {
      String name = "cam-%04d".formatted(i);
      devices.add(new CrowdAgent(name, List.of(SERVER), topics, client(name), i + 1));
    }
  }

  int size() {
    return devices.size();
  }

  /** Brings everybody in: the server first. */
  void join(LatencySample latencies) {
    Capabilities serving =
        new Capabilities(
            "desktop",
            false,
            Optional.empty(),
            Optional.of(new Capabilities.Serving("127.0.0.1:9")));
    server.join(serving, latencies).join();
    // The controller knows the zoo by name; nobody asks for the file.
    ModelReference model = new ModelReference("zoo:" + Zoo.RESNET18.id(), "0".repeat(64), Map.of());
    Capabilities wishing =
        new Capabilities(
            "raspberry-pi-4b",
            false,
            Optional.of(new Capabilities.Wish(model, DEMAND)),
            Optional.empty());
    Semaphore connecting = new Semaphore(AT_ONCE);
    List<CompletableFuture<Void>> joined = new ArrayList<>();
    for (CrowdAgent device : devices) {
      connecting.acquireUninterruptibly();
      joined.add(
          device.join(wishing, latencies).whenComplete((done, failure) -> connecting.release()));
    }
    CompletableFuture.allOf(joined.toArray(CompletableFuture[]::new)).join();
  }

  /**
   * Reports at an even pace, device after device, and the server once a second.
   *
   * @param perSecond reports of all devices together
   */
  Sent report(double perSecond, double seconds) {
    AtomicLong sent = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    List<CompletableFuture<Long>> open = new ArrayList<>();
    long late = 0;
    long start = System.nanoTime();
    long count = (long) (perSecond * seconds);
    for (long i = 0; i < count; i++) {
      long due = start + (long) (i / perSecond * 1e9);
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      late += System.nanoTime() - due > 100_000_000 ? 1 : 0;
      if (i % (long) Math.max(1, perSecond) == 0) {
        open.removeIf(CompletableFuture::isDone);
        open.add(count(server.report(), sent, refused));
      }
      open.add(count(devices.get((int) (i % devices.size())).report(), sent, refused));
    }
    CompletableFuture.allOf(open.toArray(CompletableFuture[]::new)).join();
    return new Sent(sent.get(), refused.get(), late);
  }

  /** Devices whose last report has not been answered. */
  long waiting() {
    return devices.stream().filter(CrowdAgent::waits).count();
  }

  @Override
  public void close() {
    CompletableFuture.allOf(
            devices.stream().map(CrowdAgent::leave).toArray(CompletableFuture[]::new))
        .join();
    server.leave().join();
    loop.shutdownGracefully().syncUninterruptibly();
  }

  private static CompletableFuture<Long> count(
      CompletableFuture<Void> report, AtomicLong sent, AtomicLong refused) {
    return report.handle((done, failure) -> (failure == null ? sent : refused).incrementAndGet());
  }

  private Mqtt5AsyncClient client(String name) {
    return Mqtt5Client.builder()
        .identifier(name)
        .serverHost(broker.host())
        .serverPort(broker.port())
        .executorConfig(MqttClientExecutorConfig.builder().nettyExecutor(loop).build())
        .buildAsync();
  }
}
