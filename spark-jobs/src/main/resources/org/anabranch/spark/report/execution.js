const execution = () => null;
