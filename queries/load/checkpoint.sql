-- All files whole on the disk, before anything is published.
pragma force_compression = 'uncompressed';

checkpoint identities;

checkpoint protected;

pragma force_compression = 'auto';

checkpoint snapshot;
