package io.cleave.testbed.link;

import static io.cleave.testbed.link.NearEnd.bytes;
import static io.cleave.testbed.link.NearEnd.connect;
import static io.cleave.testbed.link.NearEnd.constant;
import static io.cleave.testbed.link.NearEnd.send;
import static io.cleave.testbed.link.NearEnd.trace;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cleave.traces.Capacity;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60) // a bound for what hangs, no measure of speed
class LinkTest {
  private static final double NANOS = 1e9;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void carriesBytesUnchangedAndInOrderBothWaysOverManyConnections(long seed) throws Exception {
    try (FarEnd echo = FarEnd.echo();
        FarEnd other = FarEnd.echo();
        Link link = Link.open(trace(constant(80e6), 0.002), QueueBound.standard())) {
      List<Route> routes =
          List.of(link.route("127.0.0.1", echo.port()), link.route("127.0.0.1", other.port()));
      link.begin();
      SplittableRandom random = new SplittableRandom(seed);
      List<CompletableFuture<Void>> all = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Route route = routes.get(i % 2);
        long own = random.nextLong();
        int size = random.nextInt(i < 3 ? 200_000 : 20_000);
        all.add(CompletableFuture.runAsync(() -> talk(route, own, size)));
      }
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get();
      await().until(() -> link.counts().connections() == 0);
      LinkCounts counts = link.counts();
      assertThat(counts.accepted()).as("seed %d", seed).isEqualTo(12);
      assertThat(counts.dropped()).isZero();
      assertThat(counts.up().arrivedBytes()).isEqualTo(counts.up().enteredBytes());
      assertThat(counts.down().arrivedBytes()).isEqualTo(counts.up().arrivedBytes());
    }
  }

  /** Writes in pieces of any size while it reads, ends its half, and compares. */
  private static void talk(Route route, long seed, int size) {
    byte[] sent = bytes(seed, size);
    try (Socket socket = connect(route)) {
      CompletableFuture<Void> writing =
          CompletableFuture.runAsync(
              () -> {
                try {
                  Random random = new Random(seed);
                  for (int from = 0; from < size; ) {
                    int length = Math.min(size - from, 1 + random.nextInt(9_000));
                    socket.getOutputStream().write(sent, from, length);
                    from += length;
                  }
                  socket.shutdownOutput();
                } catch (IOException e) {
                  throw new IllegalStateException("seed " + seed, e);
                }
              });
      byte[] answer = socket.getInputStream().readAllBytes();
      writing.get();
      for (int i = 0; i < size; i++) {
        sent[i]++;
      }
      assertThat(answer).as("seed %d", seed).isEqualTo(sent);
    } catch (Exception e) {
      throw new IllegalStateException("seed " + seed, e);
    }
  }

  @Test
  void letsOneHalfCloseBeforeTheOther() throws Exception {
    try (FarEnd server =
            FarEnd.of(
                socket -> {
                  long sum = socket.getInputStream().readAllBytes().length; // to the end of input
                  socket.getOutputStream().write((int) sum);
                });
        Link link = Link.open(trace(constant(8e6), 0.01), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", server.port()))) {
      socket.getOutputStream().write(new byte[77]);
      socket.shutdownOutput();
      assertThat(socket.getInputStream().readAllBytes()).containsExactly(77);
    }
  }

  @Test
  void letsTheFarHalfCloseFirst() throws Exception {
    AtomicLong received = new AtomicLong();
    try (FarEnd server =
            FarEnd.of(
                socket -> {
                  socket.shutdownOutput();
                  received.set(socket.getInputStream().readAllBytes().length);
                });
        Link link = Link.open(trace(constant(8e6), 0.01), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", server.port()))) {
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      socket.getOutputStream().write(new byte[5_000]);
      socket.shutdownOutput();
      await().until(() -> received.get() == 5_000);
      await().until(() -> link.counts().connections() == 0);
      assertThat(link.counts().dropped()).isZero();
    }
  }

  @Test
  void letsConnectionsTakeTurns() throws Exception {
    Map<Socket, Long> received = new ConcurrentHashMap<>();
    CountDownLatch half = new CountDownLatch(1_200_000);
    try (FarEnd sink =
            FarEnd.of(
                socket -> {
                  byte[] buffer = new byte[2_000];
                  for (int n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
                    received.merge(socket, (long) n, Long::sum);
                    for (int i = 0; i < n; i++) {
                      half.countDown();
                    }
                  }
                });
        Link link = Link.open(trace(constant(8e6), 0), QueueBound.standard())) {
      Route route = link.route("127.0.0.1", sink.port());
      link.cut(); // all are to start together
      List<Socket> greedy = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Socket socket = connect(route);
        greedy.add(socket);
        CompletableFuture.runAsync(() -> send(socket, 600_000)).exceptionally(closed -> null);
      }
      await().until(() -> link.counts().up().queuedBytes() >= 16 * 1024);
      link.restore();
      half.await();
      // Of 1.2 MB, 300 kB would be fair; the rest is for what a busy machine has not read yet.
      assertThat(List.copyOf(received.values())).hasSize(4).allMatch(bytes -> bytes > 100_000);
      for (Socket socket : greedy) {
        socket.close();
      }
    }
  }

  /** An upper bound, which holds on a machine of any load: nothing may come before its time. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void neverDeliversAheadOfTheRecording(long seed) throws Exception {
    SplittableRandom random = new SplittableRandom(seed);
    double[] starts = new double[9];
    double[] rates = new double[8];
    for (int i = 0; i < rates.length; i++) {
      starts[i + 1] = (i + 1) * 0.1;
      rates[i] = i % 3 == 2 ? 0 : (1 + random.nextInt(40)) * 1e6;
    }
    Capacity capacity = new Capacity(starts, rates);
    List<double[]> arrivals = new ArrayList<>(); // {seconds on nanoTime's clock, bytes}
    CountDownLatch ends = new CountDownLatch(2);
    try (FarEnd server =
            FarEnd.of(
                socket -> {
                  record(socket.getInputStream(), arrivals);
                  ends.countDown();
                });
        Link link = Link.open(trace(capacity, 0.03), QueueBound.standard())) {
      Route route = link.route("127.0.0.1", server.port());
      double begin = System.nanoTime() / NANOS;
      link.begin();
      try (Socket first = connect(route);
          Socket second = connect(route)) {
        CompletableFuture<Void> other = CompletableFuture.runAsync(() -> send(first, 300_000));
        send(second, 300_000);
        other.get();
        ends.await();
      }
      double bytes = 0;
      for (double[] arrival : arrivals) {
        bytes += arrival[1];
        assertThat(bytes * 8)
            .as("seed %d, %f s after the beginning", seed, arrival[0] - begin)
            .isLessThanOrEqualTo(capacity.bitsUntil(Math.max(0, arrival[0] - begin - 0.015)) + 8);
      }
      assertThat(bytes).isEqualTo(600_000);
    }
  }

  private static void record(InputStream in, List<double[]> arrivals) throws IOException {
    byte[] buffer = new byte[100_000];
    for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
      synchronized (arrivals) {
        arrivals.add(new double[] {System.nanoTime() / NANOS, n});
      }
    }
  }

  @Test
  void takesAtLeastARoundTripAndTheBitsForAnAnswer() throws Exception {
    // 1 Mbit/s: 1,000 bytes take 8 ms each way; 60 ms of round trip.
    try (FarEnd server =
            FarEnd.of(
                socket ->
                    socket.getOutputStream().write(socket.getInputStream().readNBytes(1_000)));
        Link link = Link.open(trace(constant(1e6), 0.06), QueueBound.standard());
        Socket socket = connect(link.route("127.0.0.1", server.port()))) {
      long start = System.nanoTime();
      socket.getOutputStream().write(new byte[1_000]);
      assertThat(socket.getInputStream().readNBytes(1_000)).hasSize(1_000);
      assertThat((System.nanoTime() - start) / NANOS).isGreaterThan(0.076);
    }
  }
}
