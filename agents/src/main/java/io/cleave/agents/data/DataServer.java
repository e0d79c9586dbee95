package io.cleave.agents.data;

import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.ServerCredentials;
import io.grpc.TlsServerCredentials;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.AdaptiveRecvByteBufAllocator;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Serves slices to devices. Refuses, counts and tells what is not sound; nothing that a caller
 * sends stops it.
 */
public final class DataServer implements AutoCloseable {
  /** Enough that two links of 1 Gbit/s and 20 ms are kept full; taken only as bytes arrive. */
  private static final int WINDOW_BYTES = 4 << 20;

  /** What is taken from a connection at once, at most; less from one that brings less. */
  private static final int READ_BYTES = 512 << 10;

  private static final int THREADS = 4;
  private static final long SWEEP_MILLIS = 250;

  private final Reception reception;
  private final Server server;
  private final ExecutorService executor;
  private final ScheduledExecutorService clock;
  private final Future<?> sweeping;

  private DataServer(
      Reception reception,
      Server server,
      ExecutorService executor,
      ScheduledExecutorService clock,
      Future<?> sweeping) {
    this.reception = reception;
    this.server = server;
    this.executor = executor;
    this.clock = clock;
    this.sweeping = sweeping;
  }

  /**
   * Starts to serve.
   *
   * @param address to listen at; port 0 for any that is free
   * @param tls how to prove who it is; plain text if empty
   * @throws UncheckedIOException if the address is taken or a file cannot be read
   */
  public static DataServer start(
      InetSocketAddress address, Optional<ServerTls> tls, DataLimits limits, Workbench workbench) {
    ExecutorService executor = Executors.newFixedThreadPool(THREADS, r -> thread(r, "data-server"));
    Reception reception = new Reception(limits, workbench, executor);
    ScheduledExecutorService clock =
        Executors.newSingleThreadScheduledExecutor(r -> thread(r, "data-server-clock"));
    try {
      Server server = server(address, tls, reception).start();
      Future<?> sweeping =
          clock.scheduleAtFixedRate(
              reception::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
      return new DataServer(reception, server, executor, clock, sweeping);
    } catch (IOException e) {
      executor.shutdown();
      clock.shutdown();
      throw new UncheckedIOException(
          "No data plane at %s: %s. Maybe the port is taken.".formatted(address, e.getMessage()),
          e);
    }
  }

  private static Server server(
      InetSocketAddress address, Optional<ServerTls> tls, Reception reception) throws IOException {
    return NettyServerBuilder.forAddress(address, credentials(tls))
        .addService(LenientMarshaller.lenient(new SlicesEndpoint(reception).bindService()))
        .addStreamTracerFactory(CallEnd.counting(reception.counts()))
        .directExecutor() // a change of threads for each message costs more than taking it
        .maxInboundMessageSize(DataLimits.MESSAGE_BYTES)
        .withChildOption(
            ChannelOption.RCVBUF_ALLOCATOR,
            new AdaptiveRecvByteBufAllocator(512, 16 << 10, READ_BYTES))
        .maxInboundMetadataSize(8 << 10)
        .maxConcurrentCallsPerConnection(reception.limits().calls())
        .initialFlowControlWindow(WINDOW_BYTES)
        .permitKeepAliveTime(10, TimeUnit.SECONDS)
        .permitKeepAliveWithoutCalls(true)
        .keepAliveTime(20, TimeUnit.SECONDS)
        .keepAliveTimeout(10, TimeUnit.SECONDS)
        .handshakeTimeout(10, TimeUnit.SECONDS)
        .build();
  }

  private static ServerCredentials credentials(Optional<ServerTls> tls) throws IOException {
    if (tls.isEmpty()) {
      return InsecureServerCredentials.create();
    }
    TlsServerCredentials.Builder credentials =
        TlsServerCredentials.newBuilder()
            .keyManager(tls.get().certificates().toFile(), tls.get().key().toFile());
    Optional<Path> clients = tls.get().clients();
    if (clients.isPresent()) {
      credentials
          .trustManager(clients.get().toFile())
          .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE);
    }
    return credentials.build();
  }

  /** Where it listens, with the port that it got. */
  public InetSocketAddress address() {
    return (InetSocketAddress) server.getListenSockets().get(0);
  }

  public DataCounts counts() {
    return reception.counts();
  }

  /** Calls that are open now. */
  public int openCalls() {
    return reception.open().size();
  }

  /** Bytes that tensors under way hold now. */
  public long bytesUnderWay() {
    return reception.budget().held();
  }

  /** Takes no more calls, turns away those under way and ends, within two seconds. */
  @Override
  public void close() {
    sweeping.cancel(false);
    clock.shutdown();
    server.shutdown();
    reception.stop();
    try {
      if (!server.awaitTermination(1, TimeUnit.SECONDS)) {
        server.shutdownNow().awaitTermination(1, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      server.shutdownNow();
      Thread.currentThread().interrupt();
    }
    executor.shutdown();
  }

  private static Thread thread(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
