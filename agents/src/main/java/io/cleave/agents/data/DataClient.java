package io.cleave.agents.data;

import io.cleave.transport.grpc.SlicesGrpc;
import io.cleave.transport.grpc.SlicesGrpc.SlicesStub;
import io.cleave.transport.tensor.ByteBudget;
import io.grpc.ChannelCredentials;
import io.grpc.ConnectivityState;
import io.grpc.Deadline;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.TlsChannelCredentials;
import io.grpc.netty.NettyChannelBuilder;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A device's way to one server. Connects with the first call, and again when the connection is
 * lost: a server that is back is used within a second. Calls without a connection fail at once.
 */
public final class DataClient implements AutoCloseable {
  private static final long RECONNECT_MILLIS = 500;
  private static final int WINDOW_BYTES = 4 << 20;

  /** What may wait in this process; the window is what bounds it on any link but the fastest. */
  private static final int READY_BYTES = 1 << 20;

  private final ManagedChannel channel;
  private final SlicesStub stub;
  private final Executor listeners;
  private final ThreadPoolExecutor executor;
  private final LinkMemory memory = new LinkMemory();
  private final ByteBudget budget;

  /**
   * Does not connect yet.
   *
   * @param tls how to know the server; plain text if empty
   * @param listeners on which listeners are called; must take them one after the other
   * @throws UncheckedIOException if a file cannot be read
   */
  public DataClient(String host, int port, Optional<ClientTls> tls, Executor listeners) {
    this.listeners = listeners;
    this.executor = executor();
    this.budget = new ByteBudget(DataLimits.standard().bytesUnderWay());
    this.channel =
        NettyChannelBuilder.forAddress(host, port, credentials(tls))
            .directExecutor() // what follows a message is short; a change of threads is not
            .disableRetry() // the frame goes on locally instead; and retries hold all bytes
            .maxInboundMessageSize(DataLimits.MESSAGE_BYTES)
            .initialFlowControlWindow(WINDOW_BYTES)
            .keepAliveTime(20, TimeUnit.SECONDS)
            .keepAliveTimeout(10, TimeUnit.SECONDS)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 3000)
            .build();
    this.stub = SlicesGrpc.newStub(channel).withOnReadyThreshold(READY_BYTES);
    watchConnection();
  }

  private static ThreadPoolExecutor executor() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            2, 2, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), DataClient::thread);
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "data-client");
    thread.setDaemon(true);
    return thread;
  }

  private static ChannelCredentials credentials(Optional<ClientTls> tls) {
    if (tls.isEmpty()) {
      return InsecureChannelCredentials.create();
    }
    try {
      TlsChannelCredentials.Builder credentials =
          TlsChannelCredentials.newBuilder().trustManager(tls.get().servers().toFile());
      Optional<ClientTls.Identity> identity = tls.get().identity();
      if (identity.isPresent()) {
        credentials.keyManager(
            identity.get().certificates().toFile(), identity.get().key().toFile());
      }
      return credentials.build();
    } catch (IOException e) {
      throw new UncheckedIOException("No TLS to servers: " + e.getMessage(), e);
    }
  }

  /** Runs a slice at the server. */
  public DataCall run(RunOrder order, CallListener<RunResult> listener) {
    ClientRun run = new ClientRun(order, new Teller<>(listener, listeners), memory, budget);
    SlicesStub timed = withDeadline(order.timeLeft());
    Executor encoder = order.packing().plain() ? Runnable::run : executor;
    encoder.execute(() -> run.begin(timed, connected() ? READY_BYTES : 0));
    return new DataCall(run::cancel);
  }

  /** Makes slices ready at the server; tells how long that took there. */
  public DataCall prepare(
      List<SliceReference> slices, Duration timeLeft, CallListener<Duration> listener) {
    ClientPrepare prepare = new ClientPrepare(new Teller<>(listener, listeners));
    SlicesStub timed = withDeadline(Optional.of(timeLeft));
    executor.execute(() -> prepare.begin(timed, slices));
    return new DataCall(prepare::cancel);
  }

  /**
   * Probes the link: so many bytes up, or so many down. Without any it measures a round trip.
   *
   * @throws IllegalArgumentException if they are negative or more than 4 MiB, or go both ways: the
   *     word that the last has arrived would come with those that follow it
   */
  public DataCall probe(
      int upBytes, int downBytes, Duration timeLeft, CallListener<ProbeResult> listener) {
    if (Math.min(upBytes, downBytes) < 0 || Math.max(upBytes, downBytes) > ProbeCall.MOST_BYTES) {
      throw new IllegalArgumentException(
          "A probe carries 0 to %d bytes each way, not %d and %d."
              .formatted(ProbeCall.MOST_BYTES, upBytes, downBytes));
    }
    if (upBytes > 0 && downBytes > 0) {
      throw new IllegalArgumentException(
          "A probe goes up or down, not %d bytes up and %d down.".formatted(upBytes, downBytes));
    }
    ClientProbe probe =
        new ClientProbe(upBytes, downBytes, new Teller<>(listener, listeners), memory);
    SlicesStub timed = withDeadline(Optional.of(timeLeft));
    executor.execute(() -> probe.begin(timed));
    return new DataCall(probe::cancel);
  }

  /** True while a connection is there. */
  public boolean connected() {
    return channel.getState(false) == ConnectivityState.READY;
  }

  private SlicesStub withDeadline(Optional<Duration> timeLeft) {
    return timeLeft
        .map(t -> stub.withDeadline(Deadline.after(t.toNanos(), TimeUnit.NANOSECONDS)))
        .orElse(stub);
  }

  /** gRPC waits up to two minutes before it tries again; a frame cannot. */
  private void watchConnection() {
    ConnectivityState state = channel.getState(false);
    if (state == ConnectivityState.TRANSIENT_FAILURE) {
      CompletableFuture.delayedExecutor(RECONNECT_MILLIS, TimeUnit.MILLISECONDS, executor)
          .execute(channel::resetConnectBackoff);
    }
    if (state != ConnectivityState.SHUTDOWN) {
      channel.notifyWhenStateChanged(state, this::watchConnection);
    }
  }

  /** Ends all calls as cancelled and closes the connection. */
  @Override
  public void close() {
    channel.shutdownNow();
  }
}
