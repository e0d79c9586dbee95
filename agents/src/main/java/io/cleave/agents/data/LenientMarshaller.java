package io.cleave.agents.data;

import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerServiceDefinition;
import io.grpc.StatusRuntimeException;
import java.io.InputStream;

/**
 * Reads bytes that are no message as a message without content, which is refused and counted like
 * others that make no sense. Without it each would cost a stack trace in the log.
 */
final class LenientMarshaller<T> implements Marshaller<T> {
  private final PrototypeMarshaller<T> strict;

  private LenientMarshaller(PrototypeMarshaller<T> strict) {
    this.strict = strict;
  }

  /** The same service, whose requests are read leniently. */
  static ServerServiceDefinition lenient(ServerServiceDefinition service) {
    ServerServiceDefinition.Builder lenient =
        ServerServiceDefinition.builder(service.getServiceDescriptor().getName());
    service.getMethods().forEach(method -> lenient.addMethod(lenient(method)));
    return lenient.build();
  }

  private static <Q, R> ServerMethodDefinition<Q, R> lenient(ServerMethodDefinition<Q, R> method) {
    var described = method.getMethodDescriptor();
    var requests = (PrototypeMarshaller<Q>) described.getRequestMarshaller();
    return ServerMethodDefinition.create(
        described.toBuilder(new LenientMarshaller<>(requests), described.getResponseMarshaller())
            .build(),
        method.getServerCallHandler());
  }

  @Override
  public InputStream stream(T value) {
    return strict.stream(value);
  }

  @Override
  public T parse(InputStream stream) {
    try {
      return strict.parse(stream);
    } catch (StatusRuntimeException noMessage) {
      return strict.getMessagePrototype();
    }
  }
}
