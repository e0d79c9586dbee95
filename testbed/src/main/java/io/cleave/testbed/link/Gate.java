package io.cleave.testbed.link;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.SocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * One socket of a connection: reads into one direction of the link, a piece after the other is let
 * in and as long as the other socket keeps up, and writes what arrives by the opposite direction.
 *
 * <p>What arrives before the socket is connected waits here. An end is passed on as an end of
 * output, so that one half of a connection may close before the other; a failure as a reset.
 */
final class Gate extends ChannelInboundHandlerAdapter {
  private static final Logger LOG = System.getLogger(Gate.class.getName());

  /** So much may wait for a receiver that does not read before its sender is held back. */
  private static final int BACKLOG_BYTES = 256 * 1024;

  private final Connection connection;
  private final SocketChannel channel;
  private final Direction into;
  private final Deque<ByteBuf> early = new ArrayDeque<>();
  private long backlogBytes;
  private boolean connected;
  private boolean reading;
  private boolean offering;
  private boolean inputEnded;
  private boolean outputEnding;
  private boolean outputEnded;
  private boolean closed;

  Gate(Connection connection, SocketChannel channel, Direction into) {
    this.connection = connection;
    this.channel = channel;
    this.into = into;
    channel.config().setRecvByteBufAllocator(into.reads());
    channel.pipeline().addLast(this);
  }

  /** Takes a portion that has arrived. */
  void take(Cargo cargo, int bytes) {
    switch (cargo.kind()) {
      case OPEN -> connect(connection.target());
      case BYTES -> write(cargo.bytes(), bytes);
      case END -> {
        outputEnding = true;
        endOutput();
      }
      case RESET -> abort();
    }
  }

  private void connect(SocketAddress target) {
    if (!closed) {
      channel
          .connect(target)
          .addListener(
              done -> {
                if (!done.isSuccess()) {
                  lost();
                }
              });
    }
  }

  private void write(ByteBuf from, int bytes) {
    if (closed || outputEnded) {
      from.skipBytes(bytes);
    } else {
      backlogBytes += bytes;
      early.add(from.readRetainedSlice(bytes));
    }
    if (!from.isReadable()) {
      from.release();
    }
  }

  /** Sends what was taken; waits for the connection. */
  void flush() {
    if (!connected) {
      return;
    }
    while (!early.isEmpty()) {
      ByteBuf bytes = early.remove();
      int size = bytes.readableBytes();
      channel.write(bytes).addListener(done -> written(size));
    }
    channel.flush();
    endOutput();
  }

  private void written(int bytes) {
    backlogBytes -= bytes;
    endOutput();
    connection.opposite(this).readOn();
  }

  private void endOutput() {
    if (outputEnding && !outputEnded && connected && backlogBytes == 0) {
      outputEnded = true;
      channel.shutdownOutput().addListener(done -> closeIfDone());
    }
  }

  private void closeIfDone() {
    if (inputEnded && outputEnded) {
      close();
    }
  }

  /** What was read is on its way. */
  void admitted() {
    offering = false;
    readOn();
  }

  /** Reads what comes next, unless something else has to happen first. */
  private void readOn() {
    boolean ready = connected && !closed && !inputEnded && !reading && !offering;
    if (ready && !connection.opposite(this).isBehind()) {
      reading = true;
      channel.read();
    }
  }

  private boolean isBehind() {
    return !closed && backlogBytes >= BACKLOG_BYTES;
  }

  @Override
  public void channelActive(ChannelHandlerContext context) {
    connected = true;
    flush();
    readOn();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    offering = true;
    into.offer(this, Cargo.bytes(connection.opposite(this), compact((ByteBuf) message)));
  }

  /** A few bytes must not keep a large buffer while they wait. */
  private static ByteBuf compact(ByteBuf bytes) {
    if (bytes.readableBytes() > bytes.capacity() / 2) {
      return bytes;
    }
    ByteBuf copy = bytes.alloc().buffer(bytes.readableBytes()).writeBytes(bytes);
    bytes.release();
    return copy;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext context) {
    reading = false;
    readOn();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext context, Object event) {
    if (event == ChannelInputShutdownEvent.INSTANCE && !inputEnded) {
      inputEnded = true;
      into.enter(Cargo.sign(connection.opposite(this), Cargo.Kind.END));
      closeIfDone();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    if (!(cause instanceof IOException)) {
      LOG.log(Level.ERROR, "A connection of a link failed by a mistake of ours.", cause);
    }
    lost();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    lost();
  }

  /** The socket failed: the other end hears of it after what was sent before. */
  private void lost() {
    if (closed) {
      return;
    }
    connection.broke();
    if (!inputEnded) {
      inputEnded = true;
      into.enter(Cargo.sign(connection.opposite(this), Cargo.Kind.RESET));
    }
    abort();
  }

  /** Closes with a reset, so that the far program sees a failure and no clean end. */
  void abort() {
    if (!closed) {
      if (connected && channel.isActive()) {
        channel.config().setSoLinger(0);
      }
      close();
    }
  }

  private void close() {
    closed = true;
    inputEnded = true;
    into.withdraw(this);
    early.forEach(ByteBuf::release);
    early.clear();
    ChannelFuture closing = channel.close();
    closing.addListener(done -> connection.closed());
  }
}
