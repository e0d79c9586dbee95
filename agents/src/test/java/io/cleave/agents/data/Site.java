package io.cleave.agents.data;

import io.cleave.policies.graph.LayerSet;
import io.cleave.policies.plan.Codec;
import io.cleave.transport.tensor.ElementKind;
import io.cleave.transport.tensor.TensorValue;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A server whose work a test does by hand, and a device that calls it. */
final class Site implements AutoCloseable {
  static final SliceReference SLICE = new SliceReference("ab".repeat(32), LayerSet.of(3, 4, 7));
  static final String LOOP = "loop";
  private static final long PATIENCE_SECONDS = 20;

  /** Work that the server was given. */
  record Given(SliceTask task, CompletableFuture<SliceAnswer> answer) {}

  /** What a call told its listener. */
  static final class Heard<T> {
    final List<Double> uploaded = new ArrayList<>();
    final List<Double> downloaded = new ArrayList<>();
    final List<Parcel> packed = new ArrayList<>();
    final List<String> threads = new ArrayList<>();
    final BlockingQueue<Double> uploads = new LinkedBlockingQueue<>();
    final CompletableFuture<Outcome<T>> end = new CompletableFuture<>();

    CallListener<T> listener() {
      return new CallListener<>(
          packed::add,
          bits -> {
            uploaded.add(bits);
            uploads.add(bits);
            threads.add(Thread.currentThread().getName());
          },
          bits -> {
            downloaded.add(bits);
            threads.add(Thread.currentThread().getName());
          },
          outcome -> {
            threads.add(Thread.currentThread().getName());
            end.complete(outcome);
          });
    }

    Outcome<T> outcome() throws Exception {
      return end.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    T result() throws Exception {
      Outcome<T> outcome = outcome();
      if (outcome instanceof Outcome.Answered<T> answered) {
        return answered.result();
      }
      throw new AssertionError("Not answered: " + outcome);
    }

    Outcome.Failed<T> failed() throws Exception {
      Outcome<T> outcome = outcome();
      if (outcome instanceof Outcome.Failed<T> failed) {
        return failed;
      }
      throw new AssertionError("Not failed: " + outcome);
    }
  }

  final BlockingQueue<Given> given = new LinkedBlockingQueue<>();
  final CompletableFuture<Void> prepared = new CompletableFuture<>();
  final BlockingQueue<List<SliceReference>> toPrepare = new LinkedBlockingQueue<>();
  final DataServer server;
  final ExecutorService loop = Executors.newSingleThreadExecutor(work -> new Thread(work, LOOP));
  private final List<DataClient> clients = new ArrayList<>();
  private final List<Relay> relays = new ArrayList<>();

  Site() {
    this(DataLimits.standard());
  }

  Site(DataLimits limits) {
    server = start(0, limits);
  }

  DataServer start(int port, DataLimits limits) {
    InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    return DataServer.start(address, Optional.empty(), limits, workbench());
  }

  Workbench workbench() {
    return new Workbench(
        task -> {
          Given work = new Given(task, new CompletableFuture<>());
          given.add(work);
          return work.answer();
        },
        slices -> {
          toPrepare.add(slices);
          return prepared;
        });
  }

  static DataLimits limits(int calls, Duration silence, Duration longest, Duration keep) {
    DataLimits standard = DataLimits.standard();
    return new DataLimits(
        standard.tensors(), standard.bytesUnderWay(), calls, silence, longest, keep, 1 << 20);
  }

  DataClient client() {
    return client(server.address().getPort());
  }

  DataClient client(int port) {
    DataClient client =
        new DataClient(
            InetAddress.getLoopbackAddress().getHostAddress(), port, Optional.empty(), loop);
    clients.add(client);
    return client;
  }

  Relay relay(Relay relay) {
    relays.add(relay);
    return relay;
  }

  Given nextWork() throws Exception {
    Given work = given.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (work == null) {
      throw new TimeoutException("No work came.");
    }
    return work;
  }

  static RunOrder order(long frame, TensorValue... inputs) {
    return order(frame, Optional.empty(), inputs);
  }

  static RunOrder order(long frame, Optional<Duration> timeLeft, TensorValue... inputs) {
    return new RunOrder(
        new FrameKey("camera-1", 3, frame, 1),
        SLICE,
        List.of(inputs),
        Packing.of(Codec.FP32),
        timeLeft);
  }

  static TensorValue floats(String name, int count) {
    ByteBuffer data = ByteBuffer.allocateDirect(4 * count).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(count);
    for (int i = 0; i < count; i++) {
      data.putFloat((float) random.nextGaussian());
    }
    return new TensorValue(name, ElementKind.FLOAT32, List.of((long) count), data.flip());
  }

  /** From 0 to 5, half of them 0. */
  static TensorValue activations(String name, int channels, int each) {
    ByteBuffer data = ByteBuffer.allocateDirect(4 * channels * each).order(ByteOrder.LITTLE_ENDIAN);
    Random random = new Random(each);
    while (data.hasRemaining()) {
      data.putFloat((float) Math.min(5, Math.max(0, random.nextGaussian())));
    }
    List<Long> shape = List.of(1L, (long) channels, (long) each);
    return new TensorValue(name, ElementKind.FLOAT32, shape, data.flip());
  }

  @Override
  public void close() {
    clients.forEach(DataClient::close);
    relays.forEach(Relay::close);
    server.close();
    loop.shutdownNow();
  }
}
