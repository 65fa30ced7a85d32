package dev.atalaya.agent.export;

/**
 * What stands around the items of every request to one target: resource and scope.
 *
 * <p>Export...ServiceRequest { 1: Resource... { 1: Resource, 2: Scope... { 1: scope, 2: item } } }
 */
final class Envelope {
  private static final int LONGEST_LENGTH = 1 + 5;

  private final byte[] resource;
  private final byte[] scope;

  Envelope(Resource resource, String scopeVersion) {
    ProtoBuffer field = new ProtoBuffer(1024);
    int at = field.begin(0x0A);
    field.raw(resource.encoded());
    field.end(at);
    this.resource = field.toByteArray();
    field.length = 0;
    at = field.begin(0x0A);
    field.string(0x0A, "dev.atalaya");
    field.string(0x12, scopeVersion);
    field.end(at);
    this.scope = field.toByteArray();
  }

  /** What has to stay free before the first item. */
  int room() {
    return resource.length + scope.length + 2 * LONGEST_LENGTH;
  }

  /** Writes itself up against the items, which begin at {@link #room}; returns where it begins. */
  int close(ProtoBuffer items) {
    int end = items.length;
    int ofScope = scope.length + end - room();
    int ofResource = resource.length + 1 + ProtoBuffer.sizeOfVarint(ofScope) + ofScope;
    int begin = end - ofResource - 1 - ProtoBuffer.sizeOfVarint(ofResource);
    items.length = begin;
    items.field(0x0A, ofResource);
    items.raw(resource);
    items.field(0x12, ofScope);
    items.raw(scope);
    items.length = end;
    return begin;
  }
}
