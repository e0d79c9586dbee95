package io.cleave.testbed.link;

import io.cleave.traces.Capacity;
import io.cleave.traces.Trace;
import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * One access link between an agent and all that it talks to, emulated without privileges: programs
 * connect to the link's own ports, and it carries their bytes to the targets as late and as slowly
 * as a recorded network would have. All routes share the capacity of the recording, each direction
 * its own, first come first served; each byte then travels for half a round trip.
 *
 * <p>It is a relay: no loss, no slow start, no reordering, as in the simulated world. The recorded
 * capacity is taken as bytes of the connections; headers of TCP and IP are not counted.
 *
 * <p>Every method may be called from any thread, and has taken effect when it returns.
 */
public final class Link implements AutoCloseable {
  /** The kernel takes no more than this from a sender beyond what waits in the link. */
  private static final int RECEIVE_BUFFER_BYTES = 16 * 1024;

  private static final int CONNECT_MILLIS = 5_000;

  private final long originNanos = System.nanoTime();
  private final String host;
  private final NioEventLoopGroup loop;
  private final Alarm alarm;
  private final Connections connections;
  private final List<Channel> listeners = new ArrayList<>();
  private boolean closed;

  private Link(String host, Trace trace, QueueBound bound) {
    this.host = host;
    this.loop = new NioEventLoopGroup(1, new DefaultThreadFactory("link-" + trace.name(), true));
    this.alarm = new Alarm("link-alarm-" + trace.name(), this::nanos, this::ring);
    this.connections =
        new Connections(direction(trace.up(), trace, bound), direction(trace.down(), trace, bound));
  }

  /** Opens a link for programs on this machine. */
  public static Link open(Trace trace, QueueBound bound) {
    return new Link("127.0.0.1", trace, bound);
  }

  /**
   * Opens a link that listens at an address of this machine.
   *
   * @param host {@code 0.0.0.0} for all addresses
   */
  public static Link open(String host, Trace trace, QueueBound bound) {
    return new Link(host, trace, bound);
  }

  private Direction direction(Capacity capacity, Trace trace, QueueBound bound) {
    Course course = new Course(capacity, trace.roundTrip());
    return new Direction(new Lane<>(course, bound), this::nanos, this::rearm);
  }

  /** A way to a target, listening at any free port. */
  public Route route(String targetHost, int targetPort) {
    return route(0, new InetSocketAddress(targetHost, targetPort));
  }

  /**
   * A way to a target.
   *
   * @param localPort where to listen; 0 for any free port
   * @throws IllegalArgumentException if the target's name is unknown
   * @throws IllegalStateException if the port is taken
   */
  public Route route(int localPort, InetSocketAddress target) {
    if (target.isUnresolved()) {
      throw new IllegalArgumentException(
          "The host '%s' is not known. Maybe it is misspelt or not up yet."
              .formatted(target.getHostString()));
    }
    ServerBootstrap server =
        new ServerBootstrap()
            .group(loop)
            .channel(NioServerSocketChannel.class)
            .option(ChannelOption.SO_REUSEADDR, true)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .childOption(ChannelOption.AUTO_READ, false)
            .childOption(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childHandler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {
                    connections.add(new Connection(connections, socket, farSocket(), target));
                  }
                });
    var bound = server.bind(host, localPort).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      throw new IllegalStateException(
          "The link cannot listen at port %d of %s: %s. Maybe another program does."
              .formatted(localPort, host, bound.cause().getMessage()));
    }
    synchronized (listeners) {
      listeners.add(bound.channel());
    }
    return new Route((InetSocketAddress) bound.channel().localAddress(), target);
  }

  private SocketChannel farSocket() {
    Bootstrap client =
        new Bootstrap()
            .group(loop)
            .channel(NioSocketChannel.class)
            .option(ChannelOption.AUTO_READ, false)
            .option(ChannelOption.ALLOW_HALF_CLOSURE, true)
            .option(ChannelOption.TCP_NODELAY, true)
            .option(ChannelOption.SO_RCVBUF, RECEIVE_BUFFER_BYTES)
            .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, CONNECT_MILLIS)
            .handler(
                new ChannelInitializer<SocketChannel>() {
                  @Override
                  protected void initChannel(SocketChannel socket) {
                    // the gate joins once the connection knows both of its sockets
                  }
                });
    return (SocketChannel) client.register().channel();
  }

  /** The recording begins now; until then its first rate that is not 0 is in force. */
  public void begin() {
    begin(Instant.now());
  }

  /** The recording's time 0 is this moment; several links may begin together. */
  public void begin(Instant start) {
    inLoop(
        () -> {
          long from = nanos() + Duration.between(Instant.now(), start).toNanos();
          connections.up().lane().begin(from);
          connections.down().lane().begin(from);
          return from;
        });
  }

  /** Nothing crosses until {@link #restore}; connections stay. */
  public void cut() {
    inLoop(
        () -> {
          tick();
          connections.up().lane().cut(nanos());
          connections.down().lane().cut(nanos());
          return true;
        });
  }

  /** Ends a {@link #cut}: what waited crosses now, no faster than the link is. */
  public void restore() {
    inLoop(
        () -> {
          connections.up().lane().restore(nanos());
          connections.down().lane().restore(nanos());
          tick();
          return true;
        });
  }

  /** Breaks every connection at both ends, as a link does that comes back with a new address. */
  public void reset() {
    inLoop(
        () -> {
          connections.resetAll();
          return true;
        });
  }

  /** What has crossed so far. */
  public LinkCounts counts() {
    return inLoop(connections::counts);
  }

  /** Breaks all connections and ends all threads and sockets of the link. */
  @Override
  public void close() {
    synchronized (listeners) {
      if (closed) {
        return;
      }
      closed = true;
      listeners.forEach(listener -> listener.close().awaitUninterruptibly());
    }
    Thread thread =
        inLoop(
            () -> {
              connections.resetAll();
              connections.up().lane().drain(Cargo::drop);
              connections.down().lane().drain(Cargo::drop);
              return Thread.currentThread();
            });
    alarm.close();
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    Alarm.join(thread);
  }

  private <V> V inLoop(Callable<V> action) {
    return loop.submit(action).syncUninterruptibly().getNow();
  }

  /** Time on the link's clock: its own, so that comparing never wraps. */
  private long nanos() {
    return System.nanoTime() - originNanos;
  }

  private void ring() {
    if (!loop.isShuttingDown()) {
      loop.execute(this::tick);
    }
  }

  private void tick() {
    connections.up().advance();
    connections.down().advance();
    rearm();
  }

  private void rearm() {
    alarm.set(Math.min(connections.up().nextNanos(), connections.down().nextNanos()));
  }
}
